using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Scaling.Classes;

/// <summary>
/// A type of task that finds its class by measurement: it has a route to each class, and the one in the callers' table is that of its present class. A task
/// keeps the route that it came by, so what is queued or runs when the type moves ends where it is; the order of its key holds across the classes.
/// </summary>
internal sealed class MeasuredType
{
    private readonly RouteTable _table;
    private readonly Dictionary<WorkerClass, TaskRoute> _routes;
    private readonly TypeTraits _traits;
    private ClassState _state;

    /// <summary>Makes one that is hybrid.</summary>
    /// <param name="table">The callers' table.</param>
    /// <param name="routes">The type's routes, the one to the default class first.</param>
    /// <param name="traits">What is measured of it.</param>
    public MeasuredType(RouteTable table, IReadOnlyList<TaskRoute> routes, TypeTraits traits)
    {
        _table = table;
        _routes = routes.ToDictionary(route => route.Core.Settings.Class);
        _traits = traits;
        foreach (TaskRoute route in routes)
            route.JoinType(routes[0], traits);
    }

    /// <summary>A look at what was measured since the last one; the type moves where that says so.</summary>
    /// <param name="settings">The thresholds.</param>
    /// <param name="at">The wall clock's time.</param>
    /// <returns>The decision; null where it stays what it is.</returns>
    public ClassDecided? Look(MeasuringSettings settings, DateTimeOffset at)
    {
        TaskTrait from = _state.Trait;
        _state = ClassPolicy.Step(settings, _state, _traits.Take(), out string? reason);
        if (reason == null)
            return null;
        WorkerClass workers = Move(_state.Trait);
        TaskRoute route = _routes[workers];
        return new ClassDecided(route.Core.Settings.Name, at, route.TaskType.Name, from, _state.Trait, workers, reason);
    }

    private WorkerClass Move(TaskTrait trait)
    {
        WorkerClass workers = trait switch
        {
            TaskTrait.Waits => WorkerClass.Io,
            TaskTrait.ComputesLong => WorkerClass.Long,
            _ => WorkerClass.Default,
        };
        TaskRoute urgent = _routes[WorkerClass.Cpu];
        bool computes = trait is TaskTrait.Computes or TaskTrait.ComputesLong;
        foreach (TaskRoute route in _routes.Values)
            route.Urgent = computes && route != urgent ? urgent : null;
        _table.Replace(_routes[workers]);
        return workers;
    }
}
