using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Workers.Threads;

/// <summary>Which processors a thread may run on. Only on Linux; elsewhere a thread cannot be bound here.</summary>
internal static class ThreadAffinity
{
    private const int MaskWords = 128;
    private const int BitsOfWord = 64;

    /// <summary>Whether threads can be bound on this platform.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The processors that this process may use, by number. Where that is not known: as many as it has.</summary>
    public static IReadOnlyList<int> OfProcess { get; } =
        Read(Environment.ProcessId) is { Count: > 0 } cores ? cores : [.. Enumerable.Range(0, Environment.ProcessorCount)];

    /// <summary>The processors that the calling thread may run on; empty where that is not known.</summary>
    public static IReadOnlyList<int> OfThread => Read(0);

    /// <summary>Binds the calling thread to one processor, until it ends.</summary>
    /// <param name="core">The processor's number.</param>
    /// <returns>Whether that was possible.</returns>
    public static bool TryBind(int core)
    {
        if (!IsSupported || core is < 0 or >= MaskWords * BitsOfWord)
            return false;
        ulong[] mask = new ulong[MaskWords];
        mask[core / BitsOfWord] = 1UL << (core % BitsOfWord);
        return SetAffinity(0, MaskWords * sizeof(ulong), mask) == 0;
    }

    private static List<int> Read(int thread)
    {
        ulong[] mask = new ulong[MaskWords];
        if (!IsSupported || GetAffinity(thread, MaskWords * sizeof(ulong), mask) != 0)
            return [];
        List<int> cores = [];
        for (int core = 0; core < MaskWords * BitsOfWord; core++)
        {
            if ((mask[core / BitsOfWord] >> (core % BitsOfWord) & 1) != 0)
                cores.Add(core);
        }

        return cores;
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nint size, ulong[] mask);

    [DllImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, nint size, [Out] ulong[] mask);
}
