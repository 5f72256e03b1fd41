namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>Names, units and attributes of what is measured. Of OpenTelemetry's messaging conventions where the meaning is the same.</summary>
internal static class MetricNames
{
    public const string Meter = "Dispatcher.Actors";

    public const string Seconds = "s";
    public const string Tasks = "{task}";
    public const string Messages = "{message}";
    public const string Workers = "{worker}";
    public const string Decisions = "{decision}";
    public const string Breakers = "{breaker}";
    public const string Alerts = "{alert}";
    public const string Faults = "{fault}";
    public const string Findings = "{finding}";

    public const string ProcessDuration = "messaging.process.duration";
    public const string OperationDuration = "messaging.client.operation.duration";
    public const string Sent = "messaging.client.sent.messages";
    public const string Consumed = "messaging.client.consumed.messages";
    public const string Submitted = "dispatcher.task.submitted";
    public const string Joined = "dispatcher.task.joined";
    public const string Rejected = "dispatcher.task.rejected";
    public const string Retried = "dispatcher.task.retried";
    public const string Completed = "dispatcher.task.completed";
    public const string Paced = "dispatcher.task.paced";
    public const string Delayed = "dispatcher.task.delayed";
    public const string QueueDuration = "dispatcher.task.queue.duration";
    public const string TotalDuration = "dispatcher.task.total.duration";
    public const string QueueDepth = "dispatcher.queue.depth";
    public const string OldestAge = "dispatcher.queue.oldest.age";
    public const string WorkerCount = "dispatcher.worker.count";
    public const string WorkerMin = "dispatcher.worker.min";
    public const string WorkerMax = "dispatcher.worker.max";
    public const string WorkerDesired = "dispatcher.worker.desired";
    public const string ScalingDecisions = "dispatcher.scaling.decisions";
    public const string RollOutDecisions = "dispatcher.rollout.decisions";
    public const string DrainRemaining = "dispatcher.drain.remaining";

    public const string BreakerState = "dispatcher.breaker.state";
    public const string ThreadWait = "dispatcher.thread_pool.wait";
    public const string ActiveFindings = "dispatcher.finding.active";
    public const string TelemetryFaults = "dispatcher.telemetry.faults";
    public const string AlertsSent = "dispatcher.alert.sent";
    public const string AlertsLost = "dispatcher.alert.lost";

    public const string System = "messaging.system";
    public const string SystemValue = "dispatcher";
    public const string Operation = "messaging.operation.name";
    public const string Destination = "messaging.destination.name";
    public const string ErrorType = "error.type";
    public const string Pool = "dispatcher.pool.name";
    public const string Reason = "reason";
    public const string Outcome = "outcome";
    public const string State = "state";
    public const string Policy = "dispatcher.policy";
    public const string Rule = "dispatcher.rule";
    public const string TaskType = "dispatcher.task.type";
    public const string Action = "dispatcher.action";
    public const string Direction = "dispatcher.direction";
    public const string Guards = "guards";
    public const string Level = "level";
    public const string Channel = "channel";
    public const string Kind = "kind";
    public const string Sink = "sink";

    /// <summary>Boundaries of durations, in seconds.</summary>
    public static readonly double[] Durations = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    /// <summary>Boundaries of waits, in seconds: a good wait is far below a millisecond.</summary>
    public static readonly double[] Waits = [.0001, .00025, .0005, .001, .0025, .. Durations];
}
