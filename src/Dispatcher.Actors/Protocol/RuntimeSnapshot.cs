namespace Dispatcher.Actors;

/// <summary>The process at one moment: garbage collector, heap, thread pool.</summary>
public sealed record RuntimeSnapshot
{
    /// <summary>When, by the wall clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Bytes that are allocated, garbage that was not collected yet included.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Bytes that the last full collection left alive; 0 before the first.</summary>
    public required long LiveBytes { get; init; }

    /// <summary>Bytes that the process has allocated in its life.</summary>
    public required long TotalAllocatedBytes { get; init; }

    /// <summary>Collections so far of generations 0, 1 and 2; those of an older one count as of the younger ones too.</summary>
    public required IReadOnlyList<int> Collections { get; init; }

    /// <summary>How long all threads were paused for collections so far.</summary>
    public required TimeSpan PauseTotal { get; init; }

    /// <summary>The share of its time that the process has spent in such pauses, in percent.</summary>
    public required double PausePercent { get; init; }

    /// <summary>Bytes of memory that the process has in use, as the operating system counts.</summary>
    public required long WorkingSetBytes { get; init; }

    /// <summary>Bytes of memory that the process may use, by its container or the machine.</summary>
    public required long MemoryLimitBytes { get; init; }

    /// <summary>Threads of the thread pool.</summary>
    public required int Threads { get; init; }

    /// <summary>Work items that wait for one of them.</summary>
    public required long PendingWork { get; init; }

    /// <summary>Work items that they have done so far.</summary>
    public required long CompletedWork { get; init; }

    /// <summary>How long a work item waits for a thread, as the diagnosis has last measured it; zero where it is off.</summary>
    public required TimeSpan WaitForThread { get; init; }
}
