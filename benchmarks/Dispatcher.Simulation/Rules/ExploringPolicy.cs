using System.Globalization;
using Dispatcher.Actors;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Simulation.Rules;

/// <summary>
/// For comparison: the rule of Pekko's OptimalSizeExploringResizer with its default figures. Every 5 s, when all workers are busy: with a chance of
/// 0.4 it tries a size up to 10 % off, else it goes half-way to that of the 16 neighbouring sizes which gave most. It shrinks only when some worker
/// was free all the time for long: 72 h there, as long as it is told here.
/// </summary>
internal sealed class ExploringPolicy : ScalingPolicy<ExploringState>
{
    private const double ExploreRatio = 0.4;
    private const double DownWhenFullRatio = 0.2;
    private const double ExploreStep = 0.1;
    private const double NewestWeight = 0.5;
    private const double DownsizeRatio = 0.8;
    private const int Neighbours = 16;

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    private readonly ScalingBounds _bounds;
    private readonly TimeSpan _shrinkAfter;

    /// <summary>Makes the policy.</summary>
    /// <param name="bounds">The pool's bounds.</param>
    /// <param name="shrinkAfter">How long some worker has to be free before it shrinks.</param>
    /// <param name="seed">The seed of its random numbers.</param>
    public ExploringPolicy(ScalingBounds bounds, TimeSpan shrinkAfter, ulong seed)
    {
        _bounds = bounds;
        _shrinkAfter = shrinkAfter;
        Start = new ExploringState { Throughputs = new Dictionary<int, double>(), Random = seed };
    }

    /// <inheritdoc/>
    public override string Name => "exploring";

    /// <inheritdoc/>
    public override PolicyState Start { get; }

    /// <inheritdoc/>
    protected override PolicyStep Decide(PoolSample sample, ExploringState state, TimeSpan now)
    {
        state = Learn(sample, state, now);
        if (now < state.NextAt)
            return new PolicyStep(new ScalingDecision(sample.Desired, ScalingRule.Hold, "between two trials"), state);
        state = state with { NextAt = now + s_every };
        if (state.UnderusedSince is { } since)
            return new PolicyStep(Downsize(sample, state, now - since), state);
        ulong random = state.Random;
        ScalingDecision decision = state.Throughputs.Count < 2 || Next(ref random) < ExploreRatio
            ? Explore(sample, ref random)
            : Optimize(sample, state);
        return new PolicyStep(decision, state with { Random = random });
    }

    private static ExploringState Learn(PoolSample sample, ExploringState state, TimeSpan now)
    {
        if (sample.Running < sample.Workers)
        {
            return state with
            {
                UnderusedSince = state.UnderusedSince ?? now,
                MostUsed = state.UnderusedSince == null ? sample.Running : Math.Max(state.MostUsed, sample.Running),
            };
        }

        Dictionary<int, double> throughputs = new(state.Throughputs);
        bool isKnown = throughputs.TryGetValue(sample.Workers, out double old);
        throughputs[sample.Workers] = isKnown ? old + (NewestWeight * (sample.CompletedPerSecond - old)) : sample.CompletedPerSecond;
        return state with { Throughputs = throughputs, UnderusedSince = null, MostUsed = 0 };
    }

    private ScalingDecision Downsize(PoolSample sample, ExploringState state, TimeSpan underusedFor)
    {
        int target = _bounds.Clamp(Math.Ceiling(state.MostUsed * DownsizeRatio));
        return underusedFor >= _shrinkAfter && target < sample.Desired
            ? new ScalingDecision(target, ScalingRule.Surplus, Line($"at most {state.MostUsed} workers were in use for {underusedFor.TotalSeconds:0} s"))
            : new ScalingDecision(sample.Desired, ScalingRule.Hold, "some worker is free");
    }

    private ScalingDecision Explore(PoolSample sample, ref ulong random)
    {
        int step = (int)Math.Max(1, Math.Ceiling(Next(ref random) * sample.Desired * ExploreStep));
        int target = _bounds.Clamp(Next(ref random) < DownWhenFullRatio ? sample.Desired - step : sample.Desired + step);
        return new ScalingDecision(target, ScalingRule.Trial, "all workers are busy; a trial");
    }

    private ScalingDecision Optimize(PoolSample sample, ExploringState state)
    {
        int best = sample.Desired;
        double most = state.Throughputs.GetValueOrDefault(best);
        foreach ((int size, double throughput) in state.Throughputs)
        {
            if (Math.Abs(size - sample.Desired) > Neighbours / 2 || throughput <= most)
                continue;
            best = size;
            most = throughput;
        }

        double half = (best - sample.Desired) / 2.0;
        int target = _bounds.Clamp(sample.Desired + (half > 0 ? Math.Ceiling(half) : Math.Floor(half)));
        ScalingRule rule = target > sample.Desired ? ScalingRule.Demand : target < sample.Desired ? ScalingRule.Surplus : ScalingRule.Hold;
        return new ScalingDecision(target, rule, Line($"{best} workers gave most, {most:0.#}/s; half-way there"));
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    // SplitMix64 (Steele, Lea, Flood 2014): its whole state is one number, so that the policy stays a pure function. 0 to 1.
    private static double Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
