using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>The diagnosis' metrics: what the runtime's own meter, <c>System.Runtime</c>, does not have. Over all watchdogs of the process.</summary>
internal static class DiagnosisMeter
{
    private static readonly FindingKind[] s_kinds = Enum.GetValues<FindingKind>();
    private static readonly Meter s_meter = new(MetricNames.Meter);
    private static readonly Lock s_gate = new();
    private static IDiagnosisFigures[] s_all = [];

    static DiagnosisMeter()
    {
        s_meter.CreateObservableGauge(
            MetricNames.ThreadWait, static () => s_all.Select(static one => one.WaitForThread.TotalSeconds).DefaultIfEmpty().Max(), MetricNames.Seconds,
            "How long a work item waits for a thread of the thread pool.");
        s_meter.CreateObservableUpDownCounter(MetricNames.Findings, Count, "{finding}", "Findings of the diagnosis that last, by kind.");
    }

    /// <summary>Adds a watchdog.</summary>
    /// <param name="figures">What can be read off it.</param>
    public static void Add(IDiagnosisFigures figures)
    {
        lock (s_gate)
            s_all = [.. s_all, figures];
    }

    /// <summary>Takes it away.</summary>
    /// <param name="figures">The same.</param>
    public static void Remove(IDiagnosisFigures figures)
    {
        lock (s_gate)
            s_all = [.. s_all.Where(one => !ReferenceEquals(one, figures))];
    }

    private static IEnumerable<Measurement<int>> Count() => s_kinds.Select(static kind => new Measurement<int>(
        s_all.Sum(one => one.CountActive(kind)), new KeyValuePair<string, object?>("kind", ValueNames.Of(kind))));
}
