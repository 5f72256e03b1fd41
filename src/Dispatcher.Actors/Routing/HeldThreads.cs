using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// Looks for handlers that hold their worker's thread: those that were at the same task at the last look. Costs the workers nothing. Names
/// each type of task once.
/// </summary>
internal sealed class HeldThreads
{
    private readonly PoolCore _core;
    private readonly HashSet<TaskRoute> _named = [];
    private Dictionary<int, long> _seen = [];

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="core">The pool.</param>
    public HeldThreads(PoolCore core) => _core = core;

    /// <summary>One look.</summary>
    /// <param name="sinceLast">The time since the last one.</param>
    public void Look(TimeSpan sinceLast)
    {
        Dictionary<int, long> seen = [];
        foreach ((int worker, long task, TaskRoute route) in _core.Slots.ListHoldingThread())
        {
            seen.Add(worker, task);
            if (_seen.TryGetValue(worker, out long last) && last == task && _named.Add(route))
                _core.Log.ThreadHeld(_core.Settings.Label, route.HandlerName, route.TaskType.Name, sinceLast);
        }

        _seen = seen;
    }
}
