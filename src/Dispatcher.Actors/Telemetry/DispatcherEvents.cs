using System.Diagnostics.Tracing;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// The pools for dotnet-counters and dotnet-trace: event counters of each pool, told apart by their tag <c>pool</c>, and findings and alerts as events. Counters are made
/// when somebody first listens; until then a pool is an entry in a list.
/// </summary>
[EventSource(Name = "Dispatcher-Actors")]
internal sealed class DispatcherEvents : EventSource
{
    /// <summary>The one of the process.</summary>
    public static readonly DispatcherEvents Source = new();

    private readonly Lock _gate = new();
    private readonly List<PoolEventCounters> _pools = [];

    private DispatcherEvents()
    {
    }

    /// <summary>Adds a pool. One that has stopped is shown until the next one comes; one of the same name gives way.</summary>
    /// <param name="figures">What can be read off it.</param>
    [NonEvent]
    public void Add(IPoolFigures figures)
    {
        PoolEventCounters added = new(figures);
        lock (_gate)
        {
            foreach (PoolEventCounters old in _pools.Where(pool => pool.Figures.IsOver || pool.Figures.Name == figures.Name).ToList())
            {
                old.Dispose();
                _pools.Remove(old);
            }

            _pools.Add(added);
            if (IsEnabled())
                added.Make(this);
        }
    }

    /// <summary>A finding has begun.</summary>
    /// <param name="kind">What.</param>
    /// <param name="where">Where.</param>
    /// <param name="evidence">The figures.</param>
    [Event(1, Level = EventLevel.Warning)]
    public void FindingBegan(string kind, string where, string evidence)
    {
        if (IsEnabled())
            WriteEvent(1, kind, where, evidence);
    }

    /// <summary>A finding has ended.</summary>
    /// <param name="kind">What.</param>
    /// <param name="where">Where.</param>
    [Event(2, Level = EventLevel.Informational)]
    public void FindingEnded(string kind, string where)
    {
        if (IsEnabled())
            WriteEvent(2, kind, where);
    }

    /// <summary>An alert was sent.</summary>
    /// <param name="level">How urgent.</param>
    /// <param name="state">Raised, Repeated or Ended.</param>
    /// <param name="text">What has happened.</param>
    [Event(3, Level = EventLevel.Warning)]
    public void AlertSent(string level, string state, string text)
    {
        if (IsEnabled())
            WriteEvent(3, level, state, text);
    }

    /// <inheritdoc/>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command != EventCommand.Enable)
            return;
        lock (_gate)
        {
            foreach (PoolEventCounters pool in _pools)
                pool.Make(this);
        }
    }
}
