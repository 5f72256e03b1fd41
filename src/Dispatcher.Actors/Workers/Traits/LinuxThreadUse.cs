using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Workers.Traits;

/// <summary>What threads use, as Linux counts it.</summary>
internal sealed class LinuxThreadUse : IThreadUse
{
    private const int OfThread = 1;
    private const int Fields = 18;
    private const int WaitsField = 16;

    private LinuxThreadUse()
    {
    }

    /// <summary>The one of this platform; null where there is none.</summary>
    public static LinuxThreadUse? Instance { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxThreadUse() : null;

    /// <inheritdoc/>
    public ThreadUse Now
    {
        get
        {
            // Seconds and microseconds in user code, the same in the kernel, then counters; each a word of its own.
            Span<long> fields = stackalloc long[Fields];
            return GetUsage(OfThread, ref MemoryMarshal.GetReference(fields)) != 0
                ? default
                : new ThreadUse(TimeSpan.FromSeconds(fields[0] + fields[2]) + TimeSpan.FromMicroseconds(fields[1] + fields[3]), fields[WaitsField]);
        }
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, ref long usage);
}
