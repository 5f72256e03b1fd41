namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>The tasks of a pool's life: how many, what became of them.</summary>
internal sealed class TaskRecords(Random random)
{
    // Few that throw: an exception takes as long as twenty tasks.
    private static readonly Script[] s_scripts =
    [
        .. Enumerable.Repeat(Script.Done, 34), .. Enumerable.Repeat(Script.Later, 14), .. Enumerable.Repeat(Script.Deaf, 7),
        Script.Compute, Script.Compute, Script.HandIn, Script.HandIn, Script.ObeyAtOnce, Script.ObeyAtOnce, Script.ObeyAtOnce, Script.Throw, Script.ThrowLater, Script.ThrowForeignCancel, Script.Crash, Script.Hang,
    ];

    private readonly long[] _told = new long[Enum.GetValues<OutcomeKind>().Length];
    private int _once;

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many have nobody who wants to know.</summary>
    public int Forgotten { get; set; }

    /// <summary>How many more submissions there were, of tasks that may be handed in more than once.</summary>
    public int OnceCalls { get; set; }

    /// <summary>Stands for what happened, in its order: two lives of one seed have the same.</summary>
    public ulong Story { get; private set; } = 14695981039346656037;

    /// <summary>A new task.</summary>
    public SimulatedTask Next() => new(++Count, s_scripts[random.Next(s_scripts.Length)]);

    /// <summary>A new task that may be handed in more than once.</summary>
    public SimulatedTask NextOnce() => new(-++_once, s_scripts[random.Next(s_scripts.Length)]);

    /// <summary>A caller is told.</summary>
    public void Tell(SimulatedTask task, TaskOutcome<int> outcome)
    {
        task.Tell(outcome);
        _told[(int)outcome.Kind]++;
        Note(task.Number, (int)outcome.Kind);
    }

    /// <summary>Something happened that belongs to the story.</summary>
    public void Note(int number, int what) => Story = ((Story ^ (uint)number) * 1099511628211) + (uint)what;

    /// <summary>Looks whether callers were told what the pool has counted.</summary>
    /// <param name="pool">The pool. Nothing is under way.</param>
    public void Verify(PoolSnapshot pool)
    {
        long[] counted = [0, pool.Completed, pool.Failed, pool.Rejected, pool.Expired, pool.Cancelled, pool.Abandoned];
        SimulationException.Unless(Count + OnceCalls == pool.Submitted + pool.Joined, () => $"{Count} tasks were submitted, and {OnceCalls} with idempotency keys: {pool}");
        SimulationException.Unless(pool.Submitted == counted.Sum(), () => $"The outcomes do not sum up to what was submitted: {pool}");
        SimulationException.Unless(pool.Rejected == pool.RejectedBy.Values.Sum(), () => $"The reasons do not sum up to the refusals: {pool}");
        SimulationException.Unless(_told.Sum() + Forgotten == Count, () => $"{Count} tasks, {_told.Sum()} callers were told, {Forgotten} do not want to know.");
        for (int kind = 0; kind < counted.Length; kind++)
        {
            (long told, long all, OutcomeKind name) = (_told[kind], counted[kind], (OutcomeKind)kind);
            SimulationException.Unless(told <= all, () => $"{told} callers were told {name}, {all} were counted: {pool}");
        }
    }
}
