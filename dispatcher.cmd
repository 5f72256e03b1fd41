@echo off
rem The same commands on Windows: runs ./dispatcher with the bash of Git for Windows.
setlocal
set "BASH_EXE="
for /f "delims=" %%G in ('where git 2^>nul') do if not defined BASH_EXE if exist "%%~dpG..\bin\bash.exe" set "BASH_EXE=%%~dpG..\bin\bash.exe"
if not defined BASH_EXE if exist "%ProgramFiles%\Git\bin\bash.exe" set "BASH_EXE=%ProgramFiles%\Git\bin\bash.exe"
if not defined BASH_EXE (
  echo dispatcher: needs the bash of Git for Windows. Install it: https://git-scm.com/download/win 1>&2
  exit /b 1
)
rem Arguments such as /path must reach dotnet as they are.
set "MSYS_NO_PATHCONV=1"
"%BASH_EXE%" "%~dp0dispatcher" %*
exit /b %ERRORLEVEL%
