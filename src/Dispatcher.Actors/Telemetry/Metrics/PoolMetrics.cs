using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>One pool's part in the meter: its attributes, and its measured durations. Records nothing, and costs next to nothing, while nobody listens.</summary>
internal sealed class PoolMetrics
{
    private readonly DispatcherMeter _meter;
    private readonly ErrorTypes _errors = new();

    /// <summary>Makes the pool's part.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="figures">What can be read off the pool.</param>
    public PoolMetrics(DispatcherMeter meter, IPoolFigures figures)
    {
        _meter = meter;
        Figures = figures;
        SendTags = Messaging(figures.Name, "send");
        ProcessTags = Messaging(figures.Name, "process");
        PoolTags = [new(MetricNames.Pool, figures.Name)];
    }

    /// <summary>What can be read off the pool.</summary>
    public IPoolFigures Figures { get; }

    /// <summary>Attributes of what callers do.</summary>
    public KeyValuePair<string, object?>[] SendTags { get; }

    /// <summary>Attributes of what workers do.</summary>
    public KeyValuePair<string, object?>[] ProcessTags { get; }

    /// <summary>Attributes of the pool.</summary>
    public KeyValuePair<string, object?>[] PoolTags { get; }

    /// <summary>A value of the pool.</summary>
    /// <param name="value">The value.</param>
    public Measurement<long> Of(long value) => new(value, PoolTags);

    /// <summary>A value of the pool, one of several.</summary>
    /// <param name="value">The value.</param>
    /// <param name="attribute">What tells them apart.</param>
    /// <param name="is">Which one.</param>
    public Measurement<long> Of(long value, string attribute, string @is) => new(value, PoolTags[0], new KeyValuePair<string, object?>(attribute, @is));

    /// <summary>A task has its place in the queue.</summary>
    /// <param name="seconds">Since the call.</param>
    public void OnSent(double seconds)
    {
        if (_meter.OperationDuration.Enabled)
            _meter.OperationDuration.Record(_meter.Faults, seconds, SendTags);
    }

    /// <summary>A task has come into its handler.</summary>
    /// <param name="seconds">Since the door.</param>
    public void OnStarted(double seconds)
    {
        if (_meter.QueueDuration.Enabled)
            _meter.QueueDuration.Record(_meter.Faults, seconds, PoolTags);
    }

    /// <summary>A handler has ended, or was given up.</summary>
    /// <param name="seconds">In the handler.</param>
    /// <param name="detail">What came of it; null for a result.</param>
    public void OnProcessed(double seconds, OutcomeDetail? detail)
    {
        if (!_meter.ProcessDuration.Enabled)
            return;
        if (detail == null)
            _meter.ProcessDuration.Record(_meter.Faults, seconds, ProcessTags);
        else
            _meter.ProcessDuration.Record(_meter.Faults, seconds, ProcessTags[0], ProcessTags[1], ProcessTags[2], new KeyValuePair<string, object?>(MetricNames.ErrorType, ErrorOf(detail)));
    }

    /// <summary>A task has its outcome.</summary>
    /// <param name="seconds">Since the door.</param>
    /// <param name="kind">The outcome.</param>
    public void OnEnded(double seconds, OutcomeKind kind)
    {
        if (_meter.TotalDuration.Enabled)
            _meter.TotalDuration.Record(_meter.Faults, seconds, PoolTags[0], new KeyValuePair<string, object?>(MetricNames.Outcome, ValueNames.Of(kind)));
    }

    /// <summary>There is a decision about the pool's size.</summary>
    /// <param name="decided">The decision.</param>
    public void OnScaled(ScalingDecided decided)
    {
        string direction = decided.To > decided.From ? "up" : decided.To < decided.From ? "down" : "none";
        _meter.ScalingDecisions.Count(
            _meter.Faults, PoolTags[0], new(MetricNames.Policy, decided.Policy), new(MetricNames.Rule, decided.Rule.ToString()), new(MetricNames.Direction, direction));
    }

    /// <summary>A new version's share has changed.</summary>
    /// <param name="decided">The decision.</param>
    public void OnRolledOut(RollOutDecided decided)
    {
        string action = decided.ToShare switch { 0 => "cut_off", 1 => "promoted", _ => "share" };
        _meter.RollOutDecisions.Count(
            _meter.Faults, PoolTags[0], new(MetricNames.TaskType, decided.TaskType), new(MetricNames.Rule, decided.Rule.ToString()), new(MetricNames.Action, action));
    }

    private static KeyValuePair<string, object?>[] Messaging(string pool, string operation) =>
        [new(MetricNames.System, MetricNames.SystemValue), new(MetricNames.Destination, pool), new(MetricNames.Operation, operation)];

    private string ErrorOf(OutcomeDetail detail) => detail is Failed failed ? _errors.Of(failed.ErrorClass) : ValueNames.Of(detail.Kind);
}
