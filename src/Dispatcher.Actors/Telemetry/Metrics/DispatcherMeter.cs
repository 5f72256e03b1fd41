using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>
/// The meter with its instruments: one for each meter factory, and one for pools that are started without. Counts and states are read off the pools when
/// somebody asks; durations are recorded as they are measured. A pool has a fixed set of series, whatever its tasks do.
/// </summary>
internal sealed class DispatcherMeter
{
    private static readonly ConditionalWeakTable<IMeterFactory, DispatcherMeter> s_byFactory = [];
    private static readonly Lazy<DispatcherMeter> s_own = new(static () => new DispatcherMeter(new Meter(MetricNames.Meter)));
    private static readonly OutcomeKind[] s_kinds = [.. Enum.GetValues<OutcomeKind>().Where(static kind => kind != OutcomeKind.Pending)];
    private static readonly BreakerState[] s_breakerStates = Enum.GetValues<BreakerState>();
    private static readonly TelemetrySink[] s_sinks = Enum.GetValues<TelemetrySink>();
    private static readonly RejectReason[] s_reasons = Enum.GetValues<RejectReason>();

    private readonly Lock _gate = new();
    private PoolMetrics[] _pools = [];

    private DispatcherMeter(Meter meter)
    {
        ProcessDuration = Duration(meter, MetricNames.ProcessDuration, MetricNames.Durations, "Time in the handler.");
        OperationDuration = Duration(meter, MetricNames.OperationDuration, MetricNames.Waits, "Time from the call until the task has its place in the queue.");
        QueueDuration = Duration(meter, MetricNames.QueueDuration, MetricNames.Waits, "Time from the door to the handler.");
        TotalDuration = Duration(meter, MetricNames.TotalDuration, MetricNames.Waits, "Time from the door to the outcome.");
        ScalingDecisions = meter.CreateCounter<long>(
            MetricNames.ScalingDecisions, MetricNames.Decisions, "Decisions about the size of a pool, by policy, rule and direction.");
        RollOutDecisions = meter.CreateCounter<long>(
            MetricNames.RollOutDecisions, MetricNames.Decisions, "Changes of a new version's share, by type of task, rule and what became of it.");
        AddMessageCounts(meter);
        AddTaskCounts(meter);
        AddQueue(meter);
        AddWorkers(meter);
        AddBreakers(meter);
        AddFaults(meter);
        Alerts = new AlertMeter(meter, Faults);
        Diagnosis = new DiagnosisMeter(meter);
    }

    /// <summary>Time in the handler.</summary>
    public Histogram<double> ProcessDuration { get; }

    /// <summary>Time from the call until the task has its place in the queue.</summary>
    public Histogram<double> OperationDuration { get; }

    /// <summary>Time from the door to the handler.</summary>
    public Histogram<double> QueueDuration { get; }

    /// <summary>Time from the door to the outcome.</summary>
    public Histogram<double> TotalDuration { get; }

    /// <summary>Decisions about the size of a pool.</summary>
    public Counter<long> ScalingDecisions { get; }

    /// <summary>Changes of a new version's share.</summary>
    public Counter<long> RollOutDecisions { get; }

    /// <summary>What those who watch have thrown.</summary>
    public TelemetryFaults Faults { get; } = new();

    /// <summary>Alerts.</summary>
    public AlertMeter Alerts { get; }

    /// <summary>What watchdogs find.</summary>
    public DiagnosisMeter Diagnosis { get; }

    /// <summary>The meter of a factory.</summary>
    /// <param name="factory">The factory; null for the process's own meter.</param>
    public static DispatcherMeter Of(IMeterFactory? factory) =>
        factory == null ? s_own.Value : s_byFactory.GetValue(factory, static f => new DispatcherMeter(f.Create(MetricNames.Meter)));

    /// <summary>
    /// Adds a pool. One that has stopped is read until the next one comes, so that its last figures are not lost; one of the same name gives way.
    /// </summary>
    /// <param name="figures">What can be read off it.</param>
    /// <returns>Where its durations go.</returns>
    public PoolMetrics Add(IPoolFigures figures)
    {
        PoolMetrics added = new(this, figures);
        lock (_gate)
            Volatile.Write(ref _pools, [.. _pools.Where(pool => !pool.Figures.IsOver && pool.Figures.Name != figures.Name), added]);
        return added;
    }

    private static Histogram<double> Duration(Meter meter, string name, double[] boundaries, string description) =>
        meter.CreateHistogram(name, MetricNames.Seconds, description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private void AddMessageCounts(Meter meter)
    {
        meter.CreateObservableCounter(MetricNames.Sent, () => Each(static pool => new Measurement<long>(pool.Figures.Submitted, pool.SendTags)), MetricNames.Messages, "Tasks handed in.");
        meter.CreateObservableCounter(MetricNames.Consumed, () => Each(static pool => new Measurement<long>(pool.Figures.Started, pool.ProcessTags)), MetricNames.Messages, "Tasks taken by a worker, each try once.");
    }

    private void AddTaskCounts(Meter meter)
    {
        meter.CreateObservableCounter(MetricNames.Submitted, () => Each(static pool => pool.Of(pool.Figures.Submitted)), MetricNames.Tasks, "Tasks handed in, refused ones included.");
        meter.CreateObservableCounter(
            MetricNames.Joined, () => Each(static pool => pool.Of(pool.Figures.Joined)), MetricNames.Tasks,
            "Submissions that shared the outcome of another one of their idempotency key, and are no tasks of their own.");
        meter.CreateObservableCounter(
            MetricNames.Rejected,
            () => Each(s_reasons, static (pool, reason) => pool.Of(pool.Figures.RejectedBy(reason), MetricNames.Reason, ValueNames.Of(reason))),
            MetricNames.Tasks, "Tasks refused, by reason.");
        meter.CreateObservableCounter(MetricNames.Retried, () => Each(static pool => pool.Of(pool.Figures.Retried)), MetricNames.Tasks, "Tries after the first.");
        meter.CreateObservableCounter(
            MetricNames.Completed,
            () => Each(s_kinds, static (pool, kind) => pool.Of(pool.Figures.Ended(kind), MetricNames.Outcome, ValueNames.Of(kind))),
            MetricNames.Tasks, "Tasks that have their outcome, by outcome.");
    }

    private void AddQueue(Meter meter)
    {
        meter.CreateObservableUpDownCounter(MetricNames.QueueDepth, () => Each(static pool => pool.Of(pool.Figures.QueueDepth)), MetricNames.Tasks, "Tasks in the queue.");
        meter.CreateObservableUpDownCounter(
            MetricNames.Paced, () => Each(static pool => pool.Of(pool.Figures.Paced)), MetricNames.Tasks, "Tasks that wait for their moment at a rate limit.");
        meter.CreateObservableUpDownCounter(
            MetricNames.Delayed, () => Each(static pool => pool.Of(pool.Figures.Delayed)), MetricNames.Tasks, "Tasks that failed and wait for the time of their next attempt.");
        meter.CreateObservableGauge(
            MetricNames.OldestAge, () => Each(static pool => new Measurement<double>(pool.Figures.OldestAge.TotalSeconds, pool.PoolTags)),
            MetricNames.Seconds, "How long the oldest task has been in the queue.");
        meter.CreateObservableUpDownCounter(
            MetricNames.DrainRemaining, () => Each(static pool => pool.Of(pool.Figures.DrainRemaining)), MetricNames.Tasks, "Tasks that a drain has yet to see end.");
    }

    private void AddWorkers(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            MetricNames.WorkerCount,
            () => Each([0, 1, 2], static (pool, state) =>
            {
                (int idle, int busy, int draining) = pool.Figures.Workers;
                return state switch
                {
                    0 => pool.Of(idle, MetricNames.State, "idle"),
                    1 => pool.Of(busy, MetricNames.State, "busy"),
                    _ => pool.Of(draining, MetricNames.State, "draining"),
                };
            }),
            MetricNames.Workers, "Workers, by state.");
        meter.CreateObservableUpDownCounter(MetricNames.WorkerMin, () => Each(static pool => pool.Of(pool.Figures.WorkerBounds.Min)), MetricNames.Workers, "The fewest workers allowed.");
        meter.CreateObservableUpDownCounter(MetricNames.WorkerMax, () => Each(static pool => pool.Of(pool.Figures.WorkerBounds.Max)), MetricNames.Workers, "The most workers allowed.");
        meter.CreateObservableUpDownCounter(MetricNames.WorkerDesired, () => Each(static pool => pool.Of(pool.Figures.WorkerBounds.Desired)), MetricNames.Workers, "How many workers there should be.");
    }

    private void AddFaults(Meter meter) => meter.CreateObservableCounter(
        MetricNames.TelemetryFaults,
        () => s_sinks.Select(sink => new Measurement<long>(Faults.Of(sink), new KeyValuePair<string, object?>(MetricNames.Sink, ValueNames.Of(sink)))),
        MetricNames.Faults, "How often a logger, a listener or a subscriber threw, by where.");

    // Numbers, and not a series for each: targets are as many as callers name.
    private void AddBreakers(Meter meter) => meter.CreateObservableUpDownCounter(MetricNames.BreakerState, CountBreakers, MetricNames.Breakers, "Circuit breakers, by state and by what they guard.");

    private IEnumerable<Measurement<long>> CountBreakers()
    {
        foreach (PoolMetrics pool in Volatile.Read(ref _pools))
        {
            foreach (BreakerState state in s_breakerStates)
            {
                if (pool.Figures.Breakers(state) is not (int ofTypes, int ofTargets))
                    continue;
                KeyValuePair<string, object?> name = new(MetricNames.State, ValueNames.Of(state));
                yield return new Measurement<long>(ofTypes, pool.PoolTags[0], name, new(MetricNames.Guards, "type"));
                yield return new Measurement<long>(ofTargets, pool.PoolTags[0], name, new(MetricNames.Guards, "target"));
            }
        }
    }

    private IEnumerable<Measurement<T>> Each<T>(Func<PoolMetrics, Measurement<T>> read)
        where T : struct
    {
        foreach (PoolMetrics pool in Volatile.Read(ref _pools))
            yield return read(pool);
    }

    private IEnumerable<Measurement<T>> Each<T, TValue>(TValue[] values, Func<PoolMetrics, TValue, Measurement<T>> read)
        where T : struct
    {
        foreach (PoolMetrics pool in Volatile.Read(ref _pools))
        {
            foreach (TValue value in values)
                yield return read(pool, value);
        }
    }
}
