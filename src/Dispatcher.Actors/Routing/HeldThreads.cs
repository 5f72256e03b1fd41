using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// Looks for handlers that hold their worker's thread: those that were at the same task at the last look. Costs the workers nothing. Names
/// each type of task once.
/// </summary>
internal sealed class HeldThreads : IPoolRound
{
    private readonly PoolCore _core;
    private readonly TimeSpan _every;
    private readonly HashSet<TaskRoute> _named = [];
    private Dictionary<int, long> _seen = [];
    private Dictionary<int, long> _next = [];

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="every">The time between two looks: a thread that is held for so long is noticed by the look after that at the latest.</param>
    public HeldThreads(PoolCore core, TimeSpan every)
    {
        _core = core;
        _every = every;
    }

    /// <inheritdoc/>
    public TimeSpan Every => _every;

    /// <inheritdoc/>
    public bool IsOver => _core.Phase == PoolPhase.Stopped;

    /// <inheritdoc/>
    public void Run()
    {
        for (int worker = 0; worker < _core.Slots.Made; worker++)
        {
            if (_core.Slots.TryGet(worker)?.HoldingThread is not ({ } route, long task))
                continue;
            _next.Add(worker, task);
            if (_seen.TryGetValue(worker, out long last) && last == task && _named.Add(route))
                _core.Log.ThreadHeld(_core.Settings.Label, route.HandlerName, route.TaskType.Name, _every);
        }

        (_seen, _next) = (_next, _seen);
        _next.Clear();
    }

    /// <inheritdoc/>
    public void Recover(Exception error)
    {
        _seen.Clear();
        _next.Clear();
        _core.Log.RoundFailed(_core.Settings.Label, "the look for held threads", error);
    }
}
