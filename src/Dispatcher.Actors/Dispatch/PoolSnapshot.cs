namespace Dispatcher.Actors;

/// <summary>
/// A pool at one moment. <see cref="Submitted"/> = <see cref="Waiting"/> + <see cref="Queued"/> + <see cref="Running"/> + the sum of the outcomes;
/// exactly so when nothing moves, and within the few tasks that move during the look otherwise.
/// </summary>
public sealed record PoolSnapshot
{
    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>How far it is in its life.</summary>
    public required PoolPhase Phase { get; init; }

    /// <summary>Workers that wait for a task.</summary>
    public required int WorkersIdle { get; init; }

    /// <summary>Workers that have a task or look for one.</summary>
    public required int WorkersBusy { get; init; }

    /// <summary>Workers that finish what they have and then stop.</summary>
    public required int WorkersDraining { get; init; }

    /// <summary>All workers.</summary>
    public int Workers => WorkersIdle + WorkersBusy + WorkersDraining;

    /// <summary>Tasks that wait for a place in the intake.</summary>
    public required int Waiting { get; init; }

    /// <summary>Tasks in the intake.</summary>
    public required int Queued { get; init; }

    /// <summary>Tasks in their handler.</summary>
    public required int Running { get; init; }

    /// <summary>All tasks handed in so far, the refused ones included.</summary>
    public required long Submitted { get; init; }

    /// <summary>Tasks whose handler returned, and those that a fallback handler answered.</summary>
    public required long Completed { get; init; }

    /// <summary>Tasks that a fallback handler answered.</summary>
    public required long FellBack { get; init; }

    /// <summary>Tasks whose handler threw.</summary>
    public required long Failed { get; init; }

    /// <summary>Tasks that were refused or shed.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rejected tasks by reason; reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<RejectReason, long> RejectedBy { get; init; }

    /// <summary>Tasks whose time was over.</summary>
    public required long Expired { get; init; }

    /// <summary>Tasks that were cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Tasks that were given up.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Limits, breakers and shedding; null where all of it is off.</summary>
    public required AdmissionSnapshot? Admission { get; init; }

    internal static PoolSnapshot NotStarted(string name) => new()
    {
        Name = name,
        Phase = PoolPhase.Starting,
        WorkersIdle = 0,
        WorkersBusy = 0,
        WorkersDraining = 0,
        Waiting = 0,
        Queued = 0,
        Running = 0,
        Submitted = 0,
        Completed = 0,
        FellBack = 0,
        Admission = null,
        Failed = 0,
        Rejected = 0,
        RejectedBy = new Dictionary<RejectReason, long>(),
        Expired = 0,
        Cancelled = 0,
        Abandoned = 0,
    };

    /// <summary>The sum of the outcomes.</summary>
    public long Ended => Completed + Failed + Rejected + Expired + Cancelled + Abandoned;
}
