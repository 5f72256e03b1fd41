namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// Sees when more workers do not give more throughput: a slow dependency, a lock, no processor left. What the load explains at the run times of a
/// pool at rest is never in question. A growth beyond that is a trial: nothing more until it has shown its gain. Without one, it is taken back and
/// growth vetoed for a while. A veto is lifted at once when the throughput shows that the limit is gone, or when no task waits.
/// </summary>
internal static class ThroughputRule
{
    /// <summary>The most workers of a trial after a veto, as a multiple.</summary>
    public const double ProbeFactor = 1.5;

    private const double LeastGain = 0.3;
    private const double Recovered = 1.2;

    private static readonly TimeSpan s_trial = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(8);

    /// <summary>Takes a tick into account.</summary>
    /// <param name="state">The policy's state before the tick.</param>
    /// <param name="sample">The tick.</param>
    /// <param name="now">The time.</param>
    public static SloState Observe(SloState state, PoolSample sample, TimeSpan now)
    {
        bool isSettled = sample.Workers == state.Workers && sample.Workers == sample.Desired;
        bool isSaturated = sample.Queued > 0 && sample.Running >= sample.Workers;
        if (!isSaturated)
            return Forget(state, sample.Workers);
        state = state with { Workers = sample.Workers };
        if (isSettled)
            state = state with { Evidence = state.Evidence.With(sample.Workers, sample.CompletedPerSecond, sample.Interval.TotalSeconds) };
        if (state.Veto is { } veto)
            return OnVetoed(state, veto, sample, now);
        if (state.Trial is not { } trial)
            return state;
        if (state.Evidence.Gain() is not { } gain)
            return now < trial.Until ? state : state with { Trial = null, Probed = null };
        return gain >= LeastGain
            ? state with { Trial = null, Probed = null }
            : state with { Trial = null, Probed = null, Veto = VetoFor(state, trial, gain, now) };
    }

    /// <summary>Begins a trial.</summary>
    /// <param name="state">The policy's state.</param>
    /// <param name="from">The size before.</param>
    /// <param name="now">The time.</param>
    public static SloState Try(SloState state, int from, TimeSpan now) => state with { Trial = new GrowthTrial(from, now + s_trial) };

    // Most ticks find nothing to forget.
    private static SloState Forget(SloState state, int workers) =>
        state is { Veto: null, Probed: null, Trial: null } && state.Evidence == GrowthEvidence.None && state.Workers == workers
            ? state
            : state with { Workers = workers, Veto = null, Probed = null, Trial = null, Evidence = GrowthEvidence.None };

    private static SloState OnVetoed(SloState state, ThroughputVeto veto, PoolSample sample, TimeSpan now)
    {
        if (sample.CompletedPerSecond > veto.BestPerSecond * Recovered)
            return state with { Veto = null, Evidence = GrowthEvidence.None };
        return now < veto.Until ? state : state with { Veto = null, Probed = veto };
    }

    private static ThroughputVeto VetoFor(SloState state, GrowthTrial trial, double gain, TimeSpan now)
    {
        TimeSpan pause = state.Probed is not { } last ? s_firstPause : last.Pause * 2 < s_longestPause ? last.Pause * 2 : s_longestPause;
        return new ThroughputVeto(gain, state.Evidence.BestPerSecond, trial.From, now + pause, pause);
    }
}
