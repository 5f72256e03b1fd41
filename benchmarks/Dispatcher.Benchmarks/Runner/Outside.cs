using System.Runtime.InteropServices;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>Makes a thread stand for the world outside of the process, which no load inside can hold up: its submissions come when they are due.</summary>
internal static class Outside
{
    private const int FirstInFirstOut = 1, CallingThread = 0, Least = 1;

    /// <summary>Gives the calling thread the processor whenever it wants it, until it ends. Linux, and with the right to do so; elsewhere it competes with the peers' threads.</summary>
    public static void Enter()
    {
        var priority = Least;
        if (OperatingSystem.IsLinux()) _ = SetScheduler(CallingThread, FirstInFirstOut, priority);
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, in int priority);
}
