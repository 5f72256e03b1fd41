using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// All of a pool's admission. The order: shed by class; refuse at an open breaker; rate; concurrency; enter the breaker. So what is refused
/// has taken nothing, or gives it back, and the tries of a half-open breaker go to tasks that really come in.
/// </summary>
internal sealed class AdmissionGate : IAdmissionGate
{
    private readonly HybridLimiter _limits;
    private readonly BreakerSet? _breakers;
    private readonly LoadShedder? _shedder;
    private readonly AdaptiveLimit? _adaptive;
    private readonly CoDel?[] _queues = new CoDel?[PriorityOrder.Classes];
    private readonly LoadRecorder _load = new();

    /// <summary>Makes a gate.</summary>
    /// <param name="settings">What is on, validated.</param>
    /// <param name="types">The names of the types of task, by their numbers.</param>
    /// <param name="time">Where timestamps come from.</param>
    /// <param name="random">Decides who is shed.</param>
    /// <param name="onBreakerChanged">Told of each change of state of a breaker; null for nobody.</param>
    public AdmissionGate(
        AdmissionSettings settings, IReadOnlyList<string> types, TimeProvider time, SharedRandom random, Action<BreakerStateChanged>? onBreakerChanged)
    {
        ConcurrencyLimiter? poolLimit = settings.PoolLimit is { } limit ? new ConcurrencyLimiter(limit) : null;
        _limits = new HybridLimiter(
            settings.TenantRate is { } each ? new KeyedRates(each, settings.TenantRates, settings.MaxTenants, time) : null,
            ByType(types, settings.TypeRates, rate => new RateBucket(rate, time)),
            settings.PoolRate is { } rate ? new RateBucket(rate, time) : null,
            ByType(types, settings.TypeLimits, each => new ConcurrencyLimiter(each)),
            poolLimit);
        if (settings.TypeBreakers.Count > 0 || settings.TargetBreaker != null)
        {
            CircuitBreaker?[] byType = new CircuitBreaker?[types.Count];
            for (int i = 0; i < byType.Length; i++)
                byType[i] = settings.TypeBreakers.TryGetValue(types[i], out BreakerSettings? own) ? new CircuitBreaker(types[i], own, time, onBreakerChanged) : null;
            _breakers = new BreakerSet(byType, settings.TargetBreaker, settings.MaxTargets, time, onBreakerChanged);
        }

        if (settings.AdaptiveLimit is { } adaptive && poolLimit != null)
            _adaptive = new AdaptiveLimit(adaptive, poolLimit, time.TimestampFrequency);
        if (settings.Shed is { } shed)
            _shedder = new LoadShedder(shed, random);
        for (int c = 0; c < _queues.Length && settings.CoDel != null; c++)
            _queues[c] = new CoDel(settings.CoDel, time);
    }

    /// <summary>The breakers; null if there are none.</summary>
    public BreakerSet? Breakers => _breakers;

    /// <inheritdoc/>
    public AdmissionVerdict TryEnter(in AdmissionRequest request, out AdmissionTicket ticket)
    {
        ticket = default;
        if (_shedder != null)
        {
            _load.CountOffered(request.Priority);
            if (_shedder.Sheds(request.Priority))
                return AdmissionVerdict.Refuse(RejectReason.Shed, _shedder.RetryAfter);
        }

        CircuitBreaker? breaker = _breakers?.Find(request);
        if (breaker != null && breaker.Refuses(request.Now, out TimeSpan retryAfter))
            return AdmissionVerdict.Refuse(RejectReason.BreakerOpen, retryAfter);
        AdmissionVerdict verdict = _limits.TryEnter(request, out RateTakes taken);
        if (!verdict.IsAccepted)
            return verdict;
        BreakerPhase? pass = null;
        if (breaker != null && !breaker.TryEnter(request.Now, out pass, out retryAfter))
        {
            _limits.Exit(request.Type);
            _limits.GiveBack(request.Type, taken);
            return AdmissionVerdict.Refuse(RejectReason.BreakerOpen, retryAfter);
        }

        ticket = new AdmissionTicket(pass, request.Type);
        return verdict;
    }

    /// <inheritdoc/>
    public QueueDecision OnTaken(TaskPriority priority, long wait, long now) => _queues[(int)priority]?.OnTaken(wait, now) ?? QueueDecision.Serve;

    /// <inheritdoc/>
    public void OnEmpty(long now)
    {
        foreach (CoDel? queue in _queues)
            queue?.OnEmpty(now);
    }

    /// <inheritdoc/>
    public bool ServesNewestFirst(TaskPriority priority, long now) => _queues[(int)priority]?.Stands(now) ?? false;

    /// <inheritdoc/>
    public void Exit(in AdmissionTicket ticket, in AdmissionExit exit)
    {
        _limits.Exit(ticket.Type);
        ticket.Pass?.Breaker.Exit(ticket.Pass, exit.Result, exit.Run, exit.Now);
        if (exit.IsServed)
            _load.CountServed(exit.Wait, exit.Run);
        else if (exit.IsDrop)
            _load.CountDrop();
    }

    /// <inheritdoc/>
    public AdmissionWindow Tick(long now)
    {
        LoadCounts load = _load.Take();
        bool stands = false;
        foreach (CoDel? queue in _queues)
            stands |= queue?.Stands(now) ?? false;
        GradientDecision? limit = _adaptive?.Tick(load);
        ShedDecision? shed = _shedder?.Tick(new ShedSample(load.P0, load.P1, load.P2, load.Served, stands));
        return new AdmissionWindow(load, limit, shed, stands);
    }

    private static T?[] ByType<TSettings, T>(IReadOnlyList<string> types, IReadOnlyDictionary<string, TSettings> settings, Func<TSettings, T> make)
        where T : class
    {
        T?[] made = new T?[settings.Count == 0 ? 0 : types.Count];
        for (int i = 0; i < made.Length; i++)
            made[i] = settings.TryGetValue(types[i], out TSettings? own) ? make(own) : null;
        return made;
    }
}
