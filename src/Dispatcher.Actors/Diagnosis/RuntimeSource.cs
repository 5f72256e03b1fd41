namespace Dispatcher.Actors.Diagnosis;

/// <summary>The process that this is.</summary>
internal sealed class RuntimeSource : IRuntimeSource
{
    private readonly ThreadProbe _probe = new();

    /// <inheritdoc/>
    public RuntimeReading Read() => new(
        GC.CollectionCount(2), LiveBytes(), ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, _probe.Measure());

    /// <summary>The process at this moment.</summary>
    /// <param name="at">When.</param>
    /// <param name="waitForThread">How long work waits for a thread.</param>
    public static RuntimeSnapshot Snapshot(DateTimeOffset at, TimeSpan waitForThread)
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        return new RuntimeSnapshot
        {
            At = at,
            AllocatedBytes = GC.GetTotalMemory(forceFullCollection: false),
            LiveBytes = LiveBytes(),
            TotalAllocatedBytes = GC.GetTotalAllocatedBytes(),
            Collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)],
            PauseTotal = GC.GetTotalPauseDuration(),
            PausePercent = memory.PauseTimePercentage,
            WorkingSetBytes = Environment.WorkingSet,
            MemoryLimitBytes = memory.TotalAvailableMemoryBytes,
            Threads = ThreadPool.ThreadCount,
            PendingWork = ThreadPool.PendingWorkItemCount,
            CompletedWork = ThreadPool.CompletedWorkItemCount,
            WaitForThread = waitForThread,
        };
    }

    // Of the last full collection, whichever way it was done.
    private static long LiveBytes()
    {
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking), background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo last = blocking.Index > background.Index ? blocking : background;
        return last.HeapSizeBytes - last.FragmentedBytes;
    }
}
