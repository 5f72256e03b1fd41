using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>The diagnosis' metrics: what the runtime's own meter, <c>System.Runtime</c>, does not have. Over all watchdogs that share a meter.</summary>
internal sealed class DiagnosisMeter
{
    private static readonly FindingKind[] s_kinds = Enum.GetValues<FindingKind>();

    private readonly Lock _gate = new();
    private IDiagnosisFigures[] _all = [];

    /// <summary>Makes their instruments.</summary>
    /// <param name="meter">The meter.</param>
    public DiagnosisMeter(Meter meter)
    {
        meter.CreateObservableGauge(MetricNames.ThreadWait, LongestWait, MetricNames.Seconds, "How long a work item waits for a thread of the thread pool.");
        meter.CreateObservableUpDownCounter(MetricNames.ActiveFindings, Count, MetricNames.Findings, "Findings of the diagnosis that last, by kind.");
    }

    /// <summary>Adds a watchdog.</summary>
    /// <param name="figures">What can be read off it.</param>
    public void Add(IDiagnosisFigures figures)
    {
        lock (_gate)
            Volatile.Write(ref _all, [.. _all, figures]);
    }

    /// <summary>Takes it away.</summary>
    /// <param name="figures">The same.</param>
    public void Remove(IDiagnosisFigures figures)
    {
        lock (_gate)
            Volatile.Write(ref _all, [.. _all.Where(one => !ReferenceEquals(one, figures))]);
    }

    // Nobody looks, nothing is known: no series rather than a zero.
    private IEnumerable<Measurement<double>> LongestWait()
    {
        IDiagnosisFigures[] all = Volatile.Read(ref _all);
        return all.Length == 0 ? [] : [new Measurement<double>(all.Max(static one => one.WaitForThread.TotalSeconds))];
    }

    private IEnumerable<Measurement<long>> Count()
    {
        IDiagnosisFigures[] all = Volatile.Read(ref _all);
        return all.Length == 0
            ? []
            : s_kinds.Select(kind => new Measurement<long>(all.Sum(one => one.CountActive(kind)), new KeyValuePair<string, object?>(MetricNames.Kind, ValueNames.Of(kind))));
    }
}
