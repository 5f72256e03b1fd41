using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>The life of one pool: it starts, works in a random world, is looked at, and is stopped in the middle of its work.</summary>
internal sealed class PoolLife
{
    private const int MostDeeds = 1_000_000;

    private readonly World _world;
    private readonly Concern[] _concerns;
    private readonly Submissions _submissions;
    private readonly TypeMoves _moves;
    private readonly SumWatch _sums;
    private readonly SimulatedAdmission _admission;
    private readonly DeedTable _deeds;

    public PoolLife(int seed)
    {
        _world = new World(seed);
        KeyWatch keys = new(_world);
        Handlers handlers = new(_world, keys) { Submit = () => _submissions!.Submit() };
        TaskRoute[] routes = [.. _world.Classes.Select(pool => MakeRoute(pool, handlers))];
        _world.Table.Add(routes[0]);
        _moves = new TypeMoves(_world, routes);
        _sums = new SumWatch(_world);
        _submissions = new Submissions(_world, keys);
        _admission = new SimulatedAdmission(_world);
        _concerns = [_submissions, new ActorTurns(_world), handlers, keys, _admission, new OnceCalls(_world), _moves, _sums];
        _deeds = new DeedTable(_world.Random, _concerns.SelectMany(concern => concern.Deeds));
    }

    /// <summary>Stands for what happened, in its order.</summary>
    public ulong Story => _world.Tasks.Story;

    /// <summary>How many tasks there were.</summary>
    public int Submitted => _world.Tasks.Count;

    /// <summary>How often the type of task went to another class of workers.</summary>
    public int Moves => _moves.Count;

    /// <inheritdoc cref="SumWatch.MostPaced"/>
    public int MostPaced => _sums.MostPaced;

    /// <inheritdoc cref="SumWatch.MostDelayed"/>
    public int MostDelayed => _sums.MostDelayed;

    /// <summary>How often a queue began to stand whose newest tasks go first then.</summary>
    public int Overloads => _admission.Overloads;

    /// <summary>Lives.</summary>
    /// <param name="tasks">About how many tasks.</param>
    /// <returns>The pool at its end.</returns>
    /// <exception cref="SimulationException">Something happened that must not.</exception>
    public async Task<PoolSnapshot> RunAsync(int tasks)
    {
        foreach (SimulatedPool pool in _world.Classes)
            pool.Start();
        _world.Interrupts.Begin(_deeds);
        LiveUntil(tasks / 2);
        await SettleAndVerifyAsync();
        LiveUntil(tasks - 10);
        Stop();
        _submissions.Submit();
        return await SettleAndVerifyAsync();
    }

    private static TaskRoute<SimulatedTask, int> MakeRoute(SimulatedPool pool, Handlers handlers)
    {
        DelegateHandler<SimulatedTask, int> handler = new((task, context) => handlers.Handle(task, context, pool));
        TaskRoute<SimulatedTask, int> route = new(pool.Core, "simulated", _ => handler);
        pool.Core.Routes.Add(route);
        return route;
    }

    private void LiveUntil(int tasks)
    {
        while (Submitted < tasks)
            _deeds.Any();
    }

    private void Stop()
    {
        if (_world.OneIn(4))
        {
            foreach (SimulatedPool pool in _world.Classes)
                pool.Stop();
            return;
        }

        // Life goes on meanwhile; callers do not know.
        foreach (SimulatedPool pool in _world.Classes)
        {
            pool.BeginDrain();
            _deeds.Any();
        }

        for (int deeds = 0; !_world.IsOver; deeds++)
        {
            SimulationException.Unless(deeds < MostDeeds, () => $"The drain does not end: {_world.Snapshot()}");
            _deeds.Any();
        }
    }

    private async Task<PoolSnapshot> SettleAndVerifyAsync()
    {
        _world.IsTimeUp = false;
        for (int steps = 0; _concerns.Any(static concern => concern.Settle()); steps++)
            SimulationException.Unless(steps < MostDeeds, () => $"It does not come to rest: {_world.Snapshot()}");

        PoolSnapshot pool = _world.Snapshot();
        foreach (Concern concern in _concerns)
            await concern.VerifyAsync(pool).ConfigureAwait(false);
        _world.Tasks.Verify(pool);
        return pool;
    }
}
