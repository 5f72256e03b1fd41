using System.Diagnostics.Tracing;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>The event counters of one pool. None until they are made.</summary>
internal sealed class PoolEventCounters(IPoolFigures figures) : IDisposable
{
    private readonly List<DiagnosticCounter> _counters = [];

    /// <summary>What can be read off the pool.</summary>
    public IPoolFigures Figures => figures;

    /// <summary>Makes them, once.</summary>
    /// <param name="source">What they belong to.</param>
    public void Make(EventSource source)
    {
        if (_counters.Count > 0)
            return;
        Rate("submitted", "Tasks handed in", () => figures.Submitted);
        Rate("started", "Tasks started", () => figures.Started);
        Rate("completed", "Tasks completed", () => figures.Ended(OutcomeKind.Completed));
        Rate("failed", "Tasks failed", () => figures.Ended(OutcomeKind.Failed));
        Rate("rejected", "Tasks refused", () => figures.Ended(OutcomeKind.Rejected));
        Value("queue-depth", "Tasks in the queue", "tasks", () => figures.QueueDepth);
        Value("oldest-age", "Age of the oldest of them", "s", () => figures.OldestAge.TotalSeconds);
        Value("workers-busy", "Workers with a task", "workers", () => figures.Workers.Busy);
        Value("workers-idle", "Workers without one", "workers", () => figures.Workers.Idle);

        void Rate(string name, string title, Func<double> read) =>
            Tag(new IncrementingPollingCounter(name, source, read) { DisplayName = title, DisplayUnits = "tasks", DisplayRateTimeScale = TimeSpan.FromSeconds(1) });

        void Value(string name, string title, string unit, Func<double> read) => Tag(new PollingCounter(name, source, read) { DisplayName = title, DisplayUnits = unit });
    }

    /// <summary>Takes them away.</summary>
    public void Dispose()
    {
        foreach (DiagnosticCounter counter in _counters)
            counter.Dispose();
        _counters.Clear();
    }

    private void Tag(DiagnosticCounter counter)
    {
        counter.AddMetadata("pool", figures.Name);
        _counters.Add(counter);
    }
}
