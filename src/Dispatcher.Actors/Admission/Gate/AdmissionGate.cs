using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Fairness;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission.Gate;

/// <summary>
/// All of a pool's admission, lock-free, nothing allocated but refusals. The order: shed by class; refuse at an open breaker; the tenant's share of the
/// queue; rate; concurrency; enter the breaker. So what is refused has taken nothing, or gives it back, and the tries of a half-open breaker go
/// to tasks that really come in.
/// </summary>
internal sealed class AdmissionGate
{
    private readonly AdmissionSettings _settings;
    private readonly Clock _clock;
    private readonly Action<BreakerStateChanged>? _onBreakerChanged;
    private readonly List<CircuitBreaker> _byType = [];
    private readonly HybridLimiter _limits;
    private readonly ConcurrencyLimiter? _poolLimit;
    private readonly TargetBreakers? _targets;
    private readonly OverloadControl? _overload;
    private readonly bool _needsEnds;
    private bool _watchesQueue;

    /// <summary>Makes a gate.</summary>
    /// <param name="settings">What is on, validated.</param>
    /// <param name="capacity">How many tasks fit into the queue, those that may wait for a place in it included.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Decides who is shed.</param>
    /// <param name="onBreakerChanged">Told of each change of state of a breaker; null for nobody.</param>
    /// <param name="onLimitChanged">Told of the adaptive limit before and of each decision that changed it; null for nobody.</param>
    public AdmissionGate(
        AdmissionSettings settings,
        int capacity,
        Clock clock,
        SharedRandom random,
        Action<BreakerStateChanged>? onBreakerChanged,
        Action<int, GradientDecision>? onLimitChanged = null)
    {
        TimeProvider time = clock.Provider;
        _settings = settings;
        _clock = clock;
        _onBreakerChanged = onBreakerChanged;
        _poolLimit = settings.Concurrency is { } limit ? new ConcurrencyLimiter(limit) : null;
        _limits = new HybridLimiter(
            settings.TenantRate is { } each ? new KeyedRates(each, settings.TenantRates, settings.MaxTenants, time) : null,
            settings.Rate is { } rate ? new RateBucket(rate, time) : null,
            _poolLimit);
        if (settings.TargetBreaker is { } target)
            _targets = new TargetBreakers(target, settings.MaxTargets, time, onBreakerChanged);
        if (settings.Adaptive != null || settings.Shed != null || settings.CoDel != null)
            _overload = new OverloadControl(settings, _poolLimit, time, random, onLimitChanged);
        if (settings.Fairness is { } fairness)
            Shares = new FairShares(fairness, capacity);
        _needsEnds = _overload is { Decides: true };
        _watchesQueue = _overload != null || settings.TargetBreaker is { SlowAfter: not null };
    }

    /// <summary>The tenants' shares of the queue; null where it is not shared.</summary>
    public FairShares? Shares { get; }

    /// <summary>Which tell for each class when the newest tasks are to be taken first; null for never.</summary>
    public IReadOnlyList<CoDel>? NewestFirst => _settings.CoDel is { NewestFirst: true } ? _overload!.Delays : null;

    /// <summary>Whether there are circuit breakers.</summary>
    public bool HasBreakers => _targets != null || _byType.Count > 0;

    /// <summary>How many circuit breakers of types of task, and how many of targets, are in a state.</summary>
    /// <param name="state">The state.</param>
    public (int OfTypes, int OfTargets) CountBreakers(BreakerState state)
    {
        int targets = 0;
        _targets?.ForEach(breaker => targets += breaker.State == state ? 1 : 0);
        return (_byType.Count(breaker => breaker.State == state), targets);
    }

    /// <summary>What a type of task has of its own. Before its first task comes.</summary>
    /// <param name="type">The name of the type.</param>
    public TypeAdmission ForType(string type)
    {
        TypeAdmissionSettings? own = _settings.Types.GetValueOrDefault(type);
        TimeProvider time = _clock.Provider;
        CircuitBreaker? breaker = _settings.BreakerOf(type) is { } rules ? new CircuitBreaker(type, rules, time, _onBreakerChanged) : null;
        if (breaker != null)
            _byType.Add(breaker);
        _watchesQueue |= breaker is { Settings.SlowAfter: not null };
        return new TypeAdmission(
            own?.Rate is { } rate ? new RateBucket(rate, time) : null, own?.Concurrency is { } limit ? new ConcurrencyLimiter(limit) : null, breaker);
    }

    /// <summary>Another gate has what a type of task has of its own. Before its first task comes.</summary>
    /// <param name="type">What was made of it here.</param>
    public void Drop(TypeAdmission type)
    {
        if (type.Breaker is { } breaker)
            _byType.Remove(breaker);
    }

    /// <summary>Whether tasks of a type may wait for their moment at a rate limit.</summary>
    /// <param name="type">What the type has of its own.</param>
    public bool Paces(TypeAdmission type) => _limits.Paces || type.Rate is { Paces: true };

    /// <summary>Reserves a task's moment at the rate limits.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="options">Its options.</param>
    /// <param name="left">How long it may wait; null for as long as the limits let it.</param>
    /// <param name="slot">Its moment; needs one <see cref="TryEnter"/>, with options that have it.</param>
    /// <returns>Null, or why it has none.</returns>
    public Rejected? TryReserve(TypeAdmission type, TaskOptions options, TimeSpan? left, out RateSlot? slot)
    {
        AdmissionRequest request = new(type, default, options.Tenant, null, null, _clock.Now);
        slot = null;
        if (_limits.TryReserve(request, out RateTakes taken, out TimeSpan delay) is { } refusal)
            return refusal;
        if (delay > left)
        {
            _limits.GiveBack(type, taken);
            return new Rejected(RejectReason.RateLimited, delay);
        }

        slot = new RateSlot(taken, delay);
        return null;
    }

    /// <summary>A task will not use its moment.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="slot">Its moment.</param>
    public void GiveBack(TypeAdmission type, RateSlot slot) => _limits.GiveBack(type, slot.Taken);

    /// <summary>Asks for a task. Each acceptance needs one <see cref="Exit"/> or one <see cref="Undo"/>.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="priority">Its class.</param>
    /// <param name="options">Its options; null for none.</param>
    /// <param name="ticket">With an acceptance: what it holds.</param>
    /// <param name="taken">With an acceptance: what it has taken of the rates.</param>
    /// <returns>Null, or why not.</returns>
    public Rejected? TryEnter(TypeAdmission type, TaskPriority priority, TaskOptions? options, out AdmissionTicket ticket, out RateTakes taken)
    {
        AdmissionRequest request = new(type, priority, options?.Tenant, options?.Target, options?.Slot, _clock.Now);
        ticket = new AdmissionTicket { EnteredAt = request.Now };
        taken = default;
        if (_overload?.OnOffered(priority, request.Now) is { } shed)
            return shed;

        CircuitBreaker? breaker = BreakerOf(request);
        if (breaker != null && breaker.Refuses(request.Now, out TimeSpan retryAfter))
            return new Rejected(RejectReason.BreakerOpen, retryAfter);
        if (Shares != null && (ticket.Tenant = Shares.TryHold(request.Tenant, request.Now)) == null)
            return Shares.Refusal;
        Rejected? refusal = _limits.TryEnter(request, out taken);
        // Race: this thread lost its processor after its look at the clock, and others have moved the buckets past that time. So look again.
        if (refusal is { Reason: RejectReason.RateLimited })
            refusal = _limits.TryEnter(request with { Now = _clock.Now }, out taken);
        if (refusal == null && breaker != null && !breaker.TryEnter(request.Now, out ticket.Pass, out retryAfter))
        {
            _limits.Exit(type);
            _limits.GiveBack(type, taken);
            refusal = new Rejected(RejectReason.BreakerOpen, retryAfter);
        }

        if (refusal != null)
            ticket.LeaveQueue();
        return refusal;
    }

    /// <summary>An accepted task found no place after all: everything is as if it had not come.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ticket">What it held.</param>
    /// <param name="taken">What it took.</param>
    public void Undo(TypeAdmission type, ref AdmissionTicket ticket, in RateTakes taken)
    {
        ticket.LeaveQueue();
        _limits.Exit(type);
        _limits.GiveBack(type, taken);
        ticket.Pass?.Breaker.Exit(ticket.Pass, CallResult.Ignored, 0, ticket.EnteredAt);
    }

    /// <summary>A worker has taken a task out of the queue and is about to run it.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="ticket">What it holds.</param>
    /// <param name="oldest">When the oldest task came that is left in the queue, a timestamp; 0 where none is older.</param>
    /// <returns>Whether it has to be shed instead: it has waited too long in a queue that stands.</returns>
    public bool OnTaken(TaskPriority priority, ref AdmissionTicket ticket, long oldest = 0)
    {
        if (!_watchesQueue)
            return false;
        long now = _clock.Now;
        ticket.StartedAt = now;
        return _overload != null && _overload.OnTaken(priority, now - ticket.EnteredAt, oldest == 0 ? 0 : now - oldest, now);
    }

    /// <summary>A worker has found nothing to do.</summary>
    public void OnEmpty()
    {
        _overload?.OnEmpty(_clock.Now);
    }

    /// <summary>An accepted task has its outcome.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ticket">What it held.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="detail">The detail; null when completed.</param>
    public void Exit(TypeAdmission type, ref AdmissionTicket ticket, OutcomeKind kind, OutcomeDetail? detail)
    {
        if (Shares != null)
            ticket.LeaveQueue();
        _limits.Exit(type);
        if (ticket.Pass == null && !_needsEnds)
            return;
        long now = _clock.Now;
        long run = ticket.StartedAt == 0 ? 0 : now - ticket.StartedAt;
        ticket.Pass?.Breaker.Exit(ticket.Pass, CallResultPolicy.Of(kind, (detail as Expired)?.Where ?? ExpiredWhere.Submit), run, now);
        if (!_needsEnds)
            return;
        if (kind is OutcomeKind.Completed or OutcomeKind.Failed)
            _overload!.OnServed(run);
        else if (kind is OutcomeKind.Expired or OutcomeKind.Abandoned)
            _overload!.OnDropped();
    }

    /// <summary>The gate at this moment.</summary>
    public AdmissionSnapshot Snapshot()
    {
        Dictionary<string, BreakerState> breakers = [];
        foreach (CircuitBreaker breaker in _byType)
            breakers[breaker.Name] = breaker.State;
        _targets?.ForEach(breaker => breakers[breaker.Name] = breaker.State);
        AdmissionWindow? window = _overload?.Last;
        return new AdmissionSnapshot
        {
            InFlight = _poolLimit?.InFlight,
            Limit = _poolLimit?.Limit,
            LimitReason = window?.Limit?.Reason.ToString(),
            QueueStands = window?.Stands ?? false,
            ShedP0 = window?.Shed?.P0 ?? 0,
            ShedP1 = window?.Shed?.P1 ?? 0,
            ShedP2 = window?.Shed?.P2 ?? 0,
            Breakers = breakers,
            UnguardedTargets = _targets?.Unguarded ?? 0,
        };
    }

    private CircuitBreaker? BreakerOf(in AdmissionRequest request) =>
        _targets != null && request.Target != null ? _targets.Find(request.Target, request.Now) ?? request.Type.Breaker : request.Type.Breaker;
}
