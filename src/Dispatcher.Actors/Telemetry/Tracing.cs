using System.Diagnostics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// The spans of a task: send (PRODUCER) at the door, process (CONSUMER) for each try, settle (CLIENT) for its outcome. Names and attributes of OpenTelemetry's
/// messaging conventions. Nothing is made while nobody listens.
/// </summary>
internal static class Tracing
{
    /// <summary>The source of all spans.</summary>
    public static readonly ActivitySource Source = new("Dispatcher.Actors");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins a span of a task.</summary>
    /// <param name="operation">send, process or settle.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="taskType">The type of task.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="parent">The span above it; default for the one that the code runs in.</param>
    /// <param name="first">The first try of the same task, to link to; default for none.</param>
    /// <returns>The span; null when nobody wants it.</returns>
    public static Activity? Start(
        string operation, ActivityKind kind, string taskType, string pool, ActivityContext parent, ActivityContext first = default)
    {
        // Sought only where somebody listens: the name is made for it.
        if (!IsOn)
            return null;
        ActivityLink[]? links = first == default ? null : [new ActivityLink(first)];
        Activity? span = Start($"{operation} {taskType}", kind, parent, links);
        span?.SetTag("messaging.system", "dispatcher");
        span?.SetTag("messaging.destination.name", pool);
        span?.SetTag("messaging.operation.name", operation);
        return span;
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span; null for none.</param>
    /// <param name="detail">What came of it; null for a result.</param>
    /// <param name="before">What was current at its begin.</param>
    public static void End(Activity? span, OutcomeDetail? detail, Activity? before = null)
    {
        if (span == null)
            return;
        // The end brings back what was current at the begin; right where the span is still current, wrong for whoever else ends it.
        Activity? current = Activity.Current;
        if (detail != null)
            span.SetTag("error.type", ErrorOf(detail)).SetStatus(ActivityStatusCode.Error, detail.Kind.ToString());
        try
        {
            span.Dispose();
        }
        catch (Exception)
        {
            // Then the end has not brought it back.
            Activity.Current = before;
            TelemetryFaults.OfProcess.Count(TelemetrySink.Spans);
        }

        if (!ReferenceEquals(current, span))
            Activity.Current = current;
    }

    // A listener that throws has no span of it, and leaves nothing current that would never end.
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent, ActivityLink[]? links)
    {
        Activity? current = Activity.Current;
        try
        {
            return Source.StartActivity(name, kind, parent, null, links);
        }
        catch (Exception)
        {
            Activity.Current = current;
            TelemetryFaults.OfProcess.Count(TelemetrySink.Spans);
            return null;
        }
    }

    private static string ErrorOf(OutcomeDetail detail) => detail switch
    {
        Failed failed => failed.ErrorClass,
        Rejected rejected => rejected.Reason.ToString(),
        _ => detail.Kind.ToString(),
    };
}
