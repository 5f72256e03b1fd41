using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Workers.Threads;

/// <summary>How far threads give way to others that want the same processor: their nice value. Only Linux has one for each thread.</summary>
internal static class ThreadNice
{
    // What the interface calls a process is a thread here, that of the number or the calling one.
    private const int Process = 0;
    private const int Calling = 0;

    /// <summary>The nicest that there is.</summary>
    public const int Max = 19;

    /// <summary>Whether threads can be made nicer on this platform.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Makes the calling thread nicer than the process is, until it ends: an ordinary process cannot take it back.</summary>
    /// <param name="by">By how much, 0 to <see cref="Max"/>; it gets no nicer than that.</param>
    /// <returns>Whether that was possible.</returns>
    public static bool TryLower(int by) =>
        IsSupported && by is >= 0 and <= Max && Set(Process, Calling, Math.Min(Max, Get(Process, Environment.ProcessId) + by)) == 0;

    [DllImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(int which, int who);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int which, int who, int nice);
}
