using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// What keeps a pool's queue short: shedding by class at the door, the adaptive limit, controlled delay behind it. Each may be off. Decides once a
/// window, on the thread of the first task that comes after it: a timer's turn would come late just when all processors are taken, and where nothing
/// comes there is nothing to decide. Lock-free.
/// </summary>
internal sealed class OverloadControl
{
    private const long Deciding = long.MaxValue;

    // Where workers lack tasks for this share of the time, old ones are better than none.
    private const double TooDry = 0.2;

    private readonly LoadShedder? _shedder;
    private readonly AdaptiveLimit? _adaptive;
    private readonly CoDel?[] _queues = new CoDel?[PriorityOrder.Classes];
    private readonly LoadRecorder _load = new();
    private readonly DrySpells _dry = new();
    private readonly Action<int, GradientDecision>? _onLimitChanged;
    private readonly long _window;
    private readonly double _frequency;
    private PaddedCounter _due;
    private long _since;
    private volatile bool _ranDry;

    /// <summary>Makes what is on.</summary>
    /// <param name="settings">What is on, validated.</param>
    /// <param name="limiter">The limit that adapts itself; null without one.</param>
    /// <param name="time">Where timestamps come from.</param>
    /// <param name="random">Decides who is shed.</param>
    /// <param name="onLimitChanged">Told of the limit before and of each decision that changed it; null for nobody.</param>
    public OverloadControl(
        AdmissionSettings settings, ConcurrencyLimiter? limiter, TimeProvider time, SharedRandom random, Action<int, GradientDecision>? onLimitChanged)
    {
        _onLimitChanged = onLimitChanged;
        _frequency = time.TimestampFrequency;
        if (settings.Adaptive is { } adaptive && limiter != null)
            _adaptive = new AdaptiveLimit(adaptive, limiter);
        if (settings.Shed is { } shed)
            _shedder = new LoadShedder(shed, random);
        if (settings.CoDel is { } codel)
            Delays = [.. _queues.Select(_ => new CoDel(codel, time))];
        Delays?.CopyTo(_queues, 0);
        _window = (long)(settings.Window.TotalSeconds * _frequency);
        _since = time.GetTimestamp();
        _due.Value = Decides ? _since + _window : long.MaxValue;
    }

    /// <summary>Whether it decides anything, and wants to be told how tasks end.</summary>
    public bool Decides => _adaptive != null || _shedder != null;

    /// <summary>The controlled delay of each class; null where that is off.</summary>
    public CoDel[]? Delays { get; }

    /// <summary>What it saw and decided last; null before the first window.</summary>
    public AdmissionWindow? Last { get; private set; }

    /// <summary>A task comes.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Null, or why it is shed.</returns>
    public Rejected? OnOffered(TaskPriority priority, long now)
    {
        if (now >= Volatile.Read(ref _due.Value))
            Close(now);
        if (_shedder == null)
            return null;
        _load.CountOffered(priority);
        return _shedder.Sheds(priority) ? _shedder.Refusal : null;
    }

    /// <summary>A worker has taken a task out of the queue.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="wait">How long it waited, in timestamp units.</param>
    /// <param name="longest">How long the oldest one has waited that is left there; 0 or less where none is older.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Whether it has waited too long in a queue that stands.</returns>
    public bool OnTaken(TaskPriority priority, long wait, long longest, long now)
    {
        bool isShed = _queues[(int)priority] is { } queue && queue.OnTaken(wait, longest, now, !_ranDry && _shedder != null && _shedder.ShedsLately(priority)) == QueueDecision.Shed;
        if (Decides)
        {
            _dry.OnTaken(now);
            if (isShed)
                _adaptive?.OnShed();
        }

        return isShed;
    }

    /// <summary>A worker has found nothing to do.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public void OnEmpty(long now)
    {
        if (Decides && !_dry.IsDry)
            _dry.OnEmpty(now, _adaptive is { } limit && limit.OnEmpty());
        foreach (CoDel? queue in _queues)
            queue?.OnEmpty(now);
    }

    /// <summary>A handler has run a task to its end.</summary>
    /// <param name="run">How long it ran, in timestamp units.</param>
    public void OnServed(long run) => _load.CountServed(run);

    /// <summary>A task ran out of time.</summary>
    public void OnDropped() => _load.CountDrop();

    // One thread decides; those that come meanwhile go on by the last decision.
    private void Close(long now)
    {
        long due = Volatile.Read(ref _due.Value);
        if (now < due || Interlocked.CompareExchange(ref _due.Value, Deciding, due) != due)
            return;
        try
        {
            Decide(now);
        }
        finally
        {
            // Also when somebody who is told of it throws: or nobody would ever decide again.
            Volatile.Write(ref _due.Value, now + _window);
        }
    }

    private void Decide(long now)
    {
        LoadCounts load = _load.Take();
        double dry = _dry.Take(now, out long lacked);
        LoadWindow window = new(load, Math.Max(1, now - _since) / _frequency, load.Run / _frequency, dry / _frequency, lacked / _frequency);
        _since = now;
        _ranDry = window.DryShare > TooDry;
        int before = _adaptive?.Limit ?? 0;
        GradientDecision? limit = _adaptive?.Decide(window);
        bool stands = _adaptive is { IsExceeded: true };
        foreach (CoDel? queue in _queues)
            stands |= queue?.Stands(now) ?? false;
        ShedDecision? shed = _shedder?.Decide(new ShedSample(load.P0, load.P1, load.P2, load.Served, stands, _adaptive?.Standing ?? 0, window.DryShare));
        Last = new AdmissionWindow(window, limit, shed, stands);
        if (limit is { } decision && decision.Limit != before)
            _onLimitChanged?.Invoke(before, decision);
    }
}
