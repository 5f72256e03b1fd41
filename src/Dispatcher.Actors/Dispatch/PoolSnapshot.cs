namespace Dispatcher.Actors;

/// <summary>
/// A pool at one moment. <see cref="Submitted"/> = <see cref="Paced"/> + <see cref="Waiting"/> + <see cref="Queued"/> + <see cref="Running"/> + <see cref="Delayed"/> + the sum
/// of the outcomes; exactly so when nothing moves, and within the few tasks that move during the look otherwise.
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

    /// <summary>Moves that the state machines of its workers have refused so far; more than none is a bug.</summary>
    public required long RefusedMoves { get; init; }

    /// <summary>Tasks that wait for their moment at a rate limit that smooths. They ask for a place when it is there.</summary>
    public required int Paced { get; init; }

    /// <summary>Tasks that wait for a place in the intake.</summary>
    public required int Waiting { get; init; }

    /// <summary>Tasks in the intake.</summary>
    public required int Queued { get; init; }

    /// <summary>Tasks in their handler.</summary>
    public required int Running { get; init; }

    /// <summary>Tasks that failed and wait for the time of their next attempt.</summary>
    public required int Delayed { get; init; }

    /// <summary>How often a task was put off for another run, so far.</summary>
    public required long Retried { get; init; }

    /// <summary>How often a worker failed because its handler threw, or could not be made, so far.</summary>
    public required long WorkerFailures { get; init; }

    /// <summary>Handlers that are still at work although their task was given up.</summary>
    public required int Stuck { get; init; }

    /// <summary>Those of them whose place was replaced; at most <c>workers.replacements</c>.</summary>
    public required int Replaced { get; init; }

    /// <summary>All tasks handed in so far, the refused ones included.</summary>
    public required long Submitted { get; init; }

    /// <summary>Submissions that were no tasks of their own: they shared the outcome of another one of their idempotency key.</summary>
    public required long Joined { get; init; }

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

    /// <summary>Limits, breakers and shedding; null where all of it is off. Of the default class of workers; others have limits of their own.</summary>
    public required AdmissionSnapshot? Admission { get; init; }

    internal static PoolSnapshot NotStarted(string name) => new()
    {
        Name = name,
        Phase = PoolPhase.Starting,
        WorkersIdle = 0,
        WorkersBusy = 0,
        WorkersDraining = 0,
        RefusedMoves = 0,
        Paced = 0,
        Waiting = 0,
        Queued = 0,
        Running = 0,
        Delayed = 0,
        Retried = 0,
        WorkerFailures = 0,
        Stuck = 0,
        Replaced = 0,
        Submitted = 0,
        Joined = 0,
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

    /// <summary>Two classes of workers of one pool as one. It is as far as the one that is less far.</summary>
    internal PoolSnapshot Plus(PoolSnapshot other)
    {
        Dictionary<RejectReason, long> reasons = new(RejectedBy);
        foreach ((RejectReason reason, long count) in other.RejectedBy)
            reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        return this with
        {
            Phase = (PoolPhase)Math.Min((byte)Phase, (byte)other.Phase),
            WorkersIdle = WorkersIdle + other.WorkersIdle,
            WorkersBusy = WorkersBusy + other.WorkersBusy,
            WorkersDraining = WorkersDraining + other.WorkersDraining,
            RefusedMoves = RefusedMoves + other.RefusedMoves,
            Paced = Paced + other.Paced,
            Waiting = Waiting + other.Waiting,
            Queued = Queued + other.Queued,
            Running = Running + other.Running,
            Delayed = Delayed + other.Delayed,
            Retried = Retried + other.Retried,
            WorkerFailures = WorkerFailures + other.WorkerFailures,
            Stuck = Stuck + other.Stuck,
            Replaced = Replaced + other.Replaced,
            Submitted = Submitted + other.Submitted,
            Joined = Joined + other.Joined,
            Completed = Completed + other.Completed,
            FellBack = FellBack + other.FellBack,
            Failed = Failed + other.Failed,
            Rejected = Rejected + other.Rejected,
            RejectedBy = reasons,
            Expired = Expired + other.Expired,
            Cancelled = Cancelled + other.Cancelled,
            Abandoned = Abandoned + other.Abandoned,
        };
    }
}
