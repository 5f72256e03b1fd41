namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>
/// Keeps tasks away from something that does not work: closed, open, half-open. Lock-free; nothing is allocated but a phase a change of state.
/// Source: M. Nygard, "Release It!", Circuit Breaker.
/// </summary>
internal sealed class CircuitBreaker
{
    private readonly Action<BreakerStateChanged>? _onChanged;
    private readonly long _frequency;
    private readonly long _windowTicks;
    private readonly long _openTicks;
    private readonly long _slowTicks;
    private BreakerPhase _phase;

    /// <summary>Makes a closed breaker.</summary>
    /// <param name="name">Its name, for events.</param>
    /// <param name="settings">Its rules, validated.</param>
    /// <param name="time">Where timestamps come from.</param>
    /// <param name="onChanged">Told of each change of state, on the thread that caused it; null for nobody. Must not block.</param>
    public CircuitBreaker(string name, BreakerSettings settings, TimeProvider time, Action<BreakerStateChanged>? onChanged)
    {
        Name = name;
        Settings = settings;
        _onChanged = onChanged;
        _frequency = time.TimestampFrequency;
        _windowTicks = settings.Window is { } window ? Ticks(window) : 0;
        _openTicks = Ticks(settings.OpenFor);
        _slowTicks = settings.SlowAfter is { } slow ? Ticks(slow) : long.MaxValue;
        _phase = Begin(BreakerState.Closed, time.GetTimestamp());
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its rules.</summary>
    public BreakerSettings Settings { get; }

    /// <summary>What it lets through. An open one whose time is over stays open until a task comes to try.</summary>
    public BreakerState State => Volatile.Read(ref _phase).State;

    /// <summary>Whether it is closed and has nothing to remember.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public bool IsQuiet(long now) => Volatile.Read(ref _phase) is { State: BreakerState.Closed } phase && !phase.IsTroubled(now);

    /// <summary>Whether a task would be refused now. Takes nothing, changes nothing.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="retryAfter">If so, when to try again.</param>
    public bool Refuses(long now, out TimeSpan retryAfter)
    {
        BreakerPhase phase = Volatile.Read(ref _phase);
        bool refuses = phase.State == BreakerState.Open && now < phase.Until;
        retryAfter = refuses ? Left(phase, now) : default;
        return refuses;
    }

    /// <summary>Lets a task in. Each true needs one <see cref="Exit"/>.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="pass">What let it in.</param>
    /// <param name="retryAfter">With a refusal: when to try again.</param>
    public bool TryEnter(long now, out BreakerPhase? pass, out TimeSpan retryAfter)
    {
        retryAfter = default;
        while (true)
        {
            BreakerPhase phase = Volatile.Read(ref _phase);
            pass = phase;
            if (phase.State == BreakerState.Closed)
                return true;
            if (phase.State == BreakerState.HalfOpen)
            {
                if (phase.TryBeginProbe(Settings.Probes))
                    return true;
                retryAfter = Settings.OpenFor / CallWindow.Buckets;
                pass = null;
                return false;
            }

            if (now < phase.Until)
            {
                retryAfter = Left(phase, now);
                pass = null;
                return false;
            }

            TryMove(phase, BreakerState.HalfOpen, BreakerReason.TimeToProbe, default, now);
        }
    }

    /// <summary>A task that was let in has ended.</summary>
    /// <param name="pass">What let it in.</param>
    /// <param name="result">What its end says.</param>
    /// <param name="runTicks">How long its handler ran, in timestamp units.</param>
    /// <param name="now">The time, a timestamp.</param>
    public void Exit(BreakerPhase pass, CallResult result, long runTicks, long now)
    {
        if (!ReferenceEquals(pass, Volatile.Read(ref _phase)))
            return;
        bool isSlow = result != CallResult.Ignored && runTicks >= _slowTicks;
        if (pass.State == BreakerState.HalfOpen)
            EndProbe(pass, result, isSlow, now);
        else if (result != CallResult.Ignored)
            Count(pass, result == CallResult.Failed, isSlow, now);
    }

    /// <summary>Opens the breaker until further notice, or closes it.</summary>
    /// <param name="open">Whether to open it.</param>
    /// <param name="now">The time, a timestamp.</param>
    public void Force(bool open, long now)
    {
        BreakerState to = open ? BreakerState.Open : BreakerState.Closed;
        BreakerPhase made = open ? new BreakerPhase(this, to, long.MaxValue, null) : Begin(to, now);
        BreakerPhase old = Interlocked.Exchange(ref _phase, made);
        _onChanged?.Invoke(new BreakerStateChanged(Name, old.State, to, BreakerReason.Operator, default, now));
    }

    private void Count(BreakerPhase phase, bool failed, bool isSlow, long now)
    {
        BreakerReason? reason = null;
        BreakerCounts counts = default;
        if (failed)
        {
            int row = phase.CountFailure();
            counts = new BreakerCounts(row, row, 0);
            reason = BreakerPolicy.OnRow(row, Settings);
        }
        else
        {
            phase.EndRow();
        }

        if (phase.Window is { } window)
        {
            window.Count(failed, isSlow, now);
            if (failed || isSlow)
                phase.NoteTrouble(now + _windowTicks);
            // A success can open it too: it may be the call that makes the others enough to say something.
            if (reason == null && phase.IsTroubled(now))
            {
                counts = window.Sum(now);
                reason = BreakerPolicy.OnWindow(counts, Settings);
            }
        }

        if (reason is { } why)
            TryMove(phase, BreakerState.Open, why, counts, now);
    }

    private void EndProbe(BreakerPhase phase, CallResult result, bool isSlow, long now)
    {
        bool succeeded = result == CallResult.Succeeded && !isSlow;
        int successes = phase.EndProbe(succeeded);
        if (succeeded && successes >= Settings.SuccessesToClose)
            TryMove(phase, BreakerState.Closed, BreakerReason.ProbesSucceeded, new BreakerCounts(successes, 0, 0), now);
        else if (!succeeded && result != CallResult.Ignored)
            TryMove(phase, BreakerState.Open, BreakerReason.ProbeFailed, new BreakerCounts(successes + 1, result == CallResult.Failed ? 1 : 0, isSlow ? 1 : 0), now);
    }

    // Race: several threads find the same reason. One of them makes the change and tells of it.
    private void TryMove(BreakerPhase from, BreakerState to, BreakerReason reason, BreakerCounts counts, long now)
    {
        if (Interlocked.CompareExchange(ref _phase, Begin(to, now), from) == from)
            _onChanged?.Invoke(new BreakerStateChanged(Name, from.State, to, reason, counts, now));
    }

    private BreakerPhase Begin(BreakerState state, long now) => new(
        this,
        state,
        state == BreakerState.Open ? now + _openTicks : 0,
        state == BreakerState.Closed && _windowTicks != 0 ? new CallWindow(_windowTicks, now) : null);

    private TimeSpan Left(BreakerPhase phase, long now) =>
        phase.Until == long.MaxValue ? Settings.OpenFor : new TimeSpan((long)Math.Ceiling((phase.Until - now) * ((double)TimeSpan.TicksPerSecond / _frequency)));

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _frequency);
}
