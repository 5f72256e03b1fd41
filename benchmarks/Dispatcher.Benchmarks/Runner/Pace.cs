using System.Runtime.InteropServices;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>Lets a thread wait for less than a millisecond without a processor, where the system can (64-bit Linux); elsewhere for a millisecond.</summary>
internal sealed class Pace : IDisposable
{
    private const int SetTimerSlack = 29;
    private const long NanosOfSecond = 1_000_000_000;

    private readonly bool _isFine = OperatingSystem.IsLinux() && Environment.Is64BitProcess;
    private readonly ManualResetEvent _never = new(false);

    /// <summary>For the calling thread, which the system may otherwise wake up to 50 us late.</summary>
    public Pace()
    {
        if (_isFine) _ = Control(SetTimerSlack, 1, 0, 0, 0);
    }

    public void Wait(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return;
        if (!_isFine)
        {
            _never.WaitOne(1);
            return;
        }
        var nanos = (long)time.TotalNanoseconds;
        // A signal may end it early; who waits looks at the clock anyway.
        _ = Sleep(new Times(nanos / NanosOfSecond, nanos % NanosOfSecond), 0);
    }

    public void Dispose() => _never.Dispose();

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(in Times time, nint left);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Times(long seconds, long nanos)
    {
        private readonly long _seconds = seconds;
        private readonly long _nanos = nanos;
    }
}
