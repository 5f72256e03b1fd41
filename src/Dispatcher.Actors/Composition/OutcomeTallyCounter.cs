namespace Dispatcher.Actors.Composition;

/// <summary>Counts outcomes by kind, from any thread.</summary>
internal sealed class OutcomeTallyCounter
{
    private readonly long[] _counts = new long[(int)OutcomeKind.Abandoned + 1];

    /// <summary>The counts at this moment.</summary>
    public OutcomeTally Tally => new(
        Of(OutcomeKind.Completed), Of(OutcomeKind.Failed), Of(OutcomeKind.Rejected), Of(OutcomeKind.Expired), Of(OutcomeKind.Cancelled), Of(OutcomeKind.Abandoned));

    /// <summary>Counts one.</summary>
    /// <param name="kind">Its kind.</param>
    public void Count(OutcomeKind kind) => Interlocked.Increment(ref _counts[(int)kind]);

    private long Of(OutcomeKind kind) => Volatile.Read(ref _counts[(int)kind]);
}
