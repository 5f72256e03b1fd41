using System.Globalization;

namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// Keeps the 99th percentile of the wait below a target with as few workers as it can: feed-forward from the load, ceil(offered x mean run / rho),
/// corrected by a PI controller on the wait. Grows at once, at most doubling, unless more workers stopped helping; shrinks step by step to the most
/// that was wanted over a window.
/// </summary>
internal sealed class SloPolicy : ScalingPolicy<SloState>
{
    // The controller aims here, as a share of the target, so that the target itself is rarely passed.
    private const double SetPointShare = 0.5;

    // Integral gains, a second: too few workers are corrected in seconds, too many in minutes. Errors are in set points, -1 to MaxError.
    private const double GainUp = 0.02;
    private const double GainDown = 0.004;
    private const double MaxError = 3;
    private const double MaxTrim = 1;

    // Without a breach, less growth than this many workers and this share of the pool is not worth a change.
    private const double LeastGrowth = 0.5;
    private const double LeastGrowthShare = 0.03;

    private const double LeastGrowthUnderVeto = 1.2;

    // With fewer of them at work while no task waits, an estimate that asks for more is of the past.
    private const double LeastUse = 0.6;

    // Over this share of busy workers no queue stays short (P-K formula), so there is no waiting for a breach.
    private const double HardUtilization = 0.98;

    // A single breach may be seen by so many ticks, since the figures of few tasks reach back. More in a row are several: bursts that are over at each tick.
    private const int SameBreachTicks = 6;

    private static readonly TimeSpan s_firstTrimPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestTrimPause = TimeSpan.FromMinutes(16);

    private readonly SloSettings _settings;
    private readonly ScalingBounds _bounds;
    private readonly double _rho;
    private readonly double _setPointSeconds;
    private readonly double _leastTrim;

    /// <summary>Makes the policy.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="bounds">The pool's bounds.</param>
    public SloPolicy(SloSettings settings, ScalingBounds bounds)
    {
        _settings = settings;
        _bounds = bounds;
        _rho = settings.UtilizationPercent / 100.0;
        _setPointSeconds = settings.TargetWait.TotalSeconds * SetPointShare;
        _leastTrim = ((double)settings.UtilizationPercent / settings.MaxUtilizationPercent) - 1;
        // What was wanted before the first tick is not known: nothing goes before a whole window has passed.
        Start = new SloState { Load = new LoadEstimate(), Wanted = new PeakWindow(settings.ShrinkWindow), TrimPause = s_firstTrimPause };
    }

    /// <inheritdoc/>
    public override string Name => "slo";

    /// <inheritdoc/>
    public override PolicyState Start { get; }

    /// <inheritdoc/>
    public override string? DoubtAbout(PoolSample sample) => sample.Ended > 0 && sample.RunMean > _settings.TargetWait
        ? Line($"scaling.slo.target-wait = {_settings.TargetWait.TotalMilliseconds:0.##}ms is below the mean run time of {sample.RunMean.TotalMilliseconds:0.##} ms: no worker comes free in that time, only idle ones keep it")
        : null;

    /// <inheritdoc/>
    protected override PolicyStep Decide(PoolSample sample, SloState state, TimeSpan now)
    {
        sample = Waits.PerPlace(sample);
        Waits waits = Waits.Of(sample, _settings.TargetWait.TotalSeconds * 2);
        int breaches = waits.P99Seconds > _settings.TargetWait.TotalSeconds ? state.Breaches + 1 : 0;
        if (breaches > SameBreachTicks)
            waits = waits with { NowSeconds = waits.P99Seconds };
        LoadEstimate load = state.Load.With(sample);
        SloState next = state with { Breaches = breaches, Load = load, JumpedAt = load.HasJumpedUp ? now : state.JumpedAt };
        next = WithTrim(next, sample, waits, now);
        next = ThroughputRule.Observe(next, sample, now);
        double steady = SteadyFor(next, sample);
        // The first tick stands for all that was before it.
        double past = double.IsNegativeInfinity(state.Wanted.Peak) ? sample.Desired : 0;
        double wanted = steady + CatchUpFor(next, sample, waits);
        next = next with
        {
            WaitSeconds = waits.NowSeconds,
            Wanted = next.Wanted.With(Math.Max(past, Math.Min(steady, _bounds.Max)), now),
            LastWanted = wanted,
        };
        return Choose(next, sample, waits, wanted, now);
    }

    // The integral part. Anti-windup: it rests while the load has just jumped, the pool has not yet what was wanted, or the waits get shorter anyway;
    // and it does not sink while the pool is larger than wanted.
    private SloState WithTrim(SloState state, PoolSample sample, Waits waits, TimeSpan now)
    {
        double error = Math.Clamp((waits.P99Seconds / _setPointSeconds) - 1, -1, MaxError);
        double seconds = sample.Interval.TotalSeconds;
        bool isShort = Math.Min(sample.Workers, sample.Desired) < Math.Floor(state.LastWanted);
        bool isInMotion = isShort || state.Load.HasJumpedUp || now < state.JumpedAt + (_settings.DrainTime * 5);
        if (error > 0)
        {
            bool isEasing = waits.NowSeconds < state.WaitSeconds || waits.NowSeconds < _setPointSeconds;
            return isInMotion || isEasing || state.Veto != null ? state : Raised(state, error * GainUp * seconds, now);
        }

        bool isTooLarge = sample.Desired - 1 > SteadyFor(state, sample) * 1.05;
        if (isInMotion || isTooLarge || now < state.TrimAgainAt)
            return state;
        return state with { Trim = Math.Max(_leastTrim, state.Trim + (error * GainDown * seconds)) };
    }

    // Tasks wait although the load is what it was: the last correction went too deep. The next one comes later, twice as late each time.
    private static SloState Raised(SloState state, double by, TimeSpan now)
    {
        state = state with { Trim = Math.Min(MaxTrim, state.Trim + by) };
        if (now < state.TrimAgainAt)
            return state;
        TimeSpan longer = state.TrimPause * 2;
        return state with { TrimAgainAt = now + state.TrimPause, TrimPause = longer < s_longestTrimPause ? longer : s_longestTrimPause };
    }

    // What the load needs for good. While nothing is known of the run times, what there is.
    private double SteadyFor(SloState state, PoolSample sample) =>
        state.Load.RunSeconds == 0 ? sample.Desired : state.Load.BusyWorkers / _rho * (1 + state.Trim);

    // The proportional part: the work that waits longer than it should is to be gone within the drain time, or one task's run time if that is longer,
    // since no worker ends sooner. For short tasks that is proportional to the wait: the queue is as long as what arrives in it.
    private double CatchUpFor(SloState state, PoolSample sample, Waits waits)
    {
        if (waits.NowSeconds <= _setPointSeconds)
            return 0;
        double late = sample.Queued * (1 - (_setPointSeconds / waits.NowSeconds));
        double run = state.Load.RunSeconds;
        return run == 0 ? late : late * run / Math.Max(_settings.DrainTime.TotalSeconds, run);
    }

    private PolicyStep Choose(SloState state, PoolSample sample, Waits waits, double wanted, TimeSpan now)
    {
        int size = sample.Desired;
        int target = _bounds.Clamp(Math.Ceiling(wanted));
        int trusted = _bounds.Clamp(Math.Ceiling(state.Load.TrustedBusyWorkers / _rho));
        if (state.Veto is { } veto && size > Math.Max(veto.Workers, trusted))
            return new PolicyStep(Vetoed(Math.Max(veto.Workers, trusted), target, veto, now), state);
        bool isLate = waits.NowSeconds > _setPointSeconds;
        bool isWorthIt = wanted > size + Math.Max(LeastGrowth, size * LeastGrowthShare) || state.Load.BusyWorkers > size * HardUtilization;
        if (target > size && (isLate || (isWorthIt && sample.Running >= size * LeastUse)))
            return Grow(state, sample, waits, target, trusted, now);
        // Who has a task is no surplus: run times of which only the short ones are known yet would say so.
        int most = Math.Max(_bounds.Clamp(Math.Ceiling(state.Wanted.Peak)), sample.Running);
        if (most < size && !isLate)
        {
            int step = Math.Max(1, size * _settings.ShrinkStepPercent / 100);
            string reason = Line($"no more than {most} wanted in the last {_settings.ShrinkWindow.TotalSeconds:0} s; {Figures(state)}");
            return new PolicyStep(new ScalingDecision(Math.Max(most, size - step), ScalingRule.Surplus, reason), state);
        }

        // Nobody is told of it.
        return new PolicyStep(new ScalingDecision(size, ScalingRule.Hold, ""), state);
    }

    private PolicyStep Grow(SloState state, PoolSample sample, Waits waits, int target, int trusted, TimeSpan now)
    {
        int size = sample.Desired;
        int limited = Math.Min(target, size * 2);
        string limit = limited < target ? "; at most twice as many at once" : "";
        if (limited > trusted && size >= trusted && state.Trial != null)
        {
            string wait = Line($"{target} wanted; {size} workers have yet to show that they do more than {state.Trial.From}; {Figures(state)}");
            return new PolicyStep(new ScalingDecision(size, ScalingRule.Trial, wait), state);
        }

        if (limited > trusted && state.Veto is { } veto)
        {
            if (trusted < size * LeastGrowthUnderVeto)
                return new PolicyStep(Vetoed(size, target, veto, now), state);
            limited = trusted;
            limit = "; only what the load explains, more workers did not help";
        }
        else if (limited > trusted && size >= trusted)
        {
            if (state.Probed is { } last)
                limited = Math.Clamp((int)Math.Ceiling(last.Workers * ThroughputRule.ProbeFactor), size, limited);
            state = ThroughputRule.Try(state, size, now);
        }

        bool isLate = waits.NowSeconds > _setPointSeconds;
        string reason = isLate
            ? Line($"tasks wait {waits.NowSeconds * 1000:0} ms, the target is {_settings.TargetWait.TotalMilliseconds:0} ms; {Figures(state)}; {target} wanted{limit}")
            : Line($"{Figures(state)}; {target} wanted{limit}");
        return new PolicyStep(new ScalingDecision(limited, isLate ? ScalingRule.Breach : ScalingRule.Demand, reason), state);
    }

    private static ScalingDecision Vetoed(int size, int target, ThroughputVeto veto, TimeSpan now) => new(
        size, ScalingRule.ThroughputVeto,
        Line($"{target} wanted, but more workers brought {Math.Max(0, veto.Gain):P0} of the throughput due, {veto.BestPerSecond:0.#}/s at best; next try in {(veto.Until - now).TotalSeconds:0} s"));

    private string Figures(SloState state) => state.Load.PerSecond < 0.05
        ? "no tasks"
        : Line($"{state.Load.PerSecond:0.#}/s x {state.Load.RunSeconds * 1000:0.##} ms keep {state.Load.BusyWorkers:0.#} busy, at {_rho / (1 + state.Trim):P0} use");

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
