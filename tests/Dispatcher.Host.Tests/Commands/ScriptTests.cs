using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Commands;

/// <summary>The script ./dispatcher, in a copy of its own beside a stand-in for dotnet that records its calls.</summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly string[] s_needed = ["bash", "basename", "cat", "cut", "dirname", "find", "grep", "mkdir", "mktemp", "paste", "readlink", "rm", "sed", "sleep", "sort", "tail"];

    private readonly TestFolder _checkout = new();
    private readonly TestFolder _programs = new();
    private readonly TestFolder _home = new();

    public ScriptTests()
    {
        string root = Ancestors(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "Dispatcher.sln")));
        foreach (string file in new[] { "dispatcher", "global.json", "Directory.Build.props" })
            File.Copy(Path.Combine(root, file), _checkout[file]);
        _checkout.Write("tests/One.Tests/One.Tests.csproj");
        _checkout.Write("tests/Two.Tests/Two.Tests.csproj");
    }

    public void Dispose()
    {
        _checkout.Dispose();
        _programs.Dispose();
        _home.Dispose();
    }

    [LinuxFact]
    public async Task Help_AnySpelling_ListsTheCommands()
    {
        foreach (string spelling in new[] { "help", "--help", "-h" })
        {
            var help = await RunAsync(spelling);
            Assert.Equal(0, help.ExitCode);
            foreach (string word in new[] { "run [FOLDER]", "test [options]", "bench", "soak WHAT", "--engine official" })
                Assert.Contains(word, help.Out, StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public async Task UnknownCommandOrEngine_IsNamedAndReturnsTwo()
    {
        await FakeDotnetAsync("");
        foreach (var (arguments, complaint) in new (string[], string)[]
        {
            (["fly"], "unknown command 'fly'"), (["run", "--engine", "akka"], "unknown engine 'akka'"),
            (["--engine=", "nonsense"], "unknown command 'nonsense'"), (["test", "--engine"], "--engine needs a value"),
        })
        {
            var run = await RunAsync(arguments);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await RunAsync()).ExitCode);
    }

    [LinuxFact]
    public async Task NoSdk_SaysWhatToInstall()
    {
        var run = await RunAsync("test");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no 'dotnet' in PATH. Install the .NET SDK 10.0.100", run.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task OldSdk_SaysWhatIsThereAndWhatToInstall()
    {
        await FakeDotnetAsync("""
            case "$1" in --version) exit 145 ;; --list-sdks) echo '8.0.404 [/usr/share/dotnet/sdk]' ;; esac
            """);
        var run = await RunAsync("run");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no .NET SDK 10.0.100 or later 10.0 is installed. Found: 8.0.404.", run.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task NoEngineNamed_PackagesNotToBeHad_TakesCompactAndAsksOnce()
    {
        await FakeDotnetAsync("""case "$1" in restore) exit 1 ;; esac""");
        var first = await RunAsync("run", "a folder", "--exit");
        var second = await RunAsync("run");
        Assert.Contains("engine compact (the official packages cannot be restored here)", first.Error, StringComparison.Ordinal);
        Assert.Contains("engine compact (the official packages could not be restored; tried within the last day)", second.Error, StringComparison.Ordinal);
        Assert.Single(await CallsAsync(), call => call.StartsWith("restore", StringComparison.Ordinal));
        Assert.Contains($"{_checkout["src/Dispatcher.Host/bin/Release/net10.0/dispatcher-host.dll"]} run a folder --exit (compact)", await CallsAsync());
    }

    [LinuxFact]
    public async Task NoEngineNamed_PackagesInTheLocalFolder_TakesOfficialWithoutAsking()
    {
        string versions = await File.ReadAllTextAsync(_checkout["Directory.Build.props"]);
        string akka = Between(versions, "<AkkaVersion Condition=\"'$(AkkaVersion)' == ''\">"), hosting = Between(versions, "<AkkaHostingVersion Condition=\"'$(AkkaHostingVersion)' == ''\">");
        foreach (string package in new[] { $"akka/{akka}", $"akka.hosting/{hosting}", $"akka.testkit.xunit2/{akka}" })
            _home.Folder($".nuget/packages/{package}");
        await FakeDotnetAsync("");
        var run = await RunAsync("run");
        Assert.Contains($"engine official {akka}", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{_checkout["src/Dispatcher.Host/bin/official/Release/net10.0/dispatcher-host.dll"]} run (official)", await CallsAsync());
    }

    [LinuxFact]
    public async Task CalledByALink_FindsItsCheckout()
    {
        await FakeDotnetAsync("");
        File.CreateSymbolicLink(_home["relative"], Path.GetRelativePath(_home.Path, _checkout["dispatcher"]));
        File.CreateSymbolicLink(_home["link"], _home["relative"]);
        var run = await Command.RunAsync(_home["link"], ["run", "--engine", "compact"], "/", Environment());
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{_checkout["src/Dispatcher.Host/bin/Release/net10.0/dispatcher-host.dll"]} run (compact)", await CallsAsync());
    }

    [LinuxFact]
    public async Task Test_SeveralProjects_EndsWithTheSum()
    {
        await FakeDotnetAsync("""
            case "$*" in
              *One.Tests*) echo 'Passed!  - Failed:     0, Passed:    12, Skipped:     0, Total:    12, Duration: 1 s - One.Tests.dll' ;;
              *Two.Tests*) echo 'Passed!  - Failed:     0, Passed:   100, Skipped:     1, Total:   101, Duration: 1 s - Two.Tests.dll' ;;
            esac
            """);
        var test = await RunAsync("test", "--engine", "compact", "--filter", "Name~x y");
        Assert.Equal((0, "112 passed, 0 failed, 1 skipped"), (test.ExitCode, LastLine(test.Out)));
        Assert.Contains(await CallsAsync(), call => call.Contains("--filter Name~x y (compact)", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Test_OneFails_ShowsItsOutputAndReturnsOne()
    {
        await FakeDotnetAsync("""
            case "$*" in
              *One.Tests*) echo 'the details'; echo 'Failed!  - Failed:     2, Passed:    10, Skipped:     0, Total:    12, Duration: 1 s - One.Tests.dll'; exit 1 ;;
              *Two.Tests*) echo 'The active test run was aborted.'; exit 1 ;;
            esac
            """);
        var test = await RunAsync("test", "--engine=compact");
        Assert.Equal((1, "10 passed, 3 failed"), (test.ExitCode, LastLine(test.Out)));
        Assert.Contains("the details", test.Out, StringComparison.Ordinal);
        Assert.Contains("was aborted", test.Out, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Test_ProjectWithoutTests_ReturnsOne()
    {
        await FakeDotnetAsync("""
            case "$*" in *One.Tests*) echo 'Passed!  - Failed:     0, Passed:    12, Skipped:     0, Total:    12, Duration: 1 s - One.Tests.dll' ;; esac
            """);
        var test = await RunAsync("test", "--engine", "compact");
        Assert.Equal((1, "12 passed, 0 failed"), (test.ExitCode, LastLine(test.Out)));
        Assert.Contains("Two.Tests ran no test", test.Out, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Build_Fails_ShowsTheErrorsAndReturnsOne()
    {
        await FakeDotnetAsync("""
            case "$1" in build) echo 'chatter'; echo '/a/B.cs(1,2): error CS1002: ; expected [/a/B.csproj]'; exit 1 ;; esac
            """);
        var run = await RunAsync("run", "--engine", "compact");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/a/B.cs(1,2): error CS1002: ; expected\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("chatter", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    private static string Between(string text, string begin)
    {
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf('<', start)];
    }

    private static string LastLine(string text) => text.TrimEnd('\n').Split('\n')[^1];

    private Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(_checkout["dispatcher"], arguments, "/", Environment());

    // Only the commands that the script needs, so that no real dotnet is found.
    private Dictionary<string, string> Environment()
    {
        foreach (string program in s_needed)
            if (!File.Exists(_programs[program]))
                File.CreateSymbolicLink(_programs[program], new[] { "/bin/", "/usr/bin/" }.Select(folder => folder + program).First(File.Exists));
        return new()
        {
            ["PATH"] = _programs.Path, ["HOME"] = _home.Path, ["AKKA_ENGINE"] = "", ["NUGET_PACKAGES"] = "", ["AkkaVersion"] = "", ["AkkaHostingVersion"] = "",
        };
    }

    private async Task FakeDotnetAsync(string behaviour)
    {
        string path = _programs.Write("dotnet", $"""
            #!/bin/bash
            echo "$* ($AkkaEngine)" >> '{_home["calls"]}'
            {behaviour}
            """);
        await Command.RunAsync("chmod", ["700", path]);
    }

    private async Task<string[]> CallsAsync() => await File.ReadAllLinesAsync(_home["calls"]);
}
