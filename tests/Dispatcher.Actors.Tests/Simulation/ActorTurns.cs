namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Actors have their turns; time passes; the pool is resized, workers are killed.</summary>
internal sealed class ActorTurns(World world) : Concern
{
    public override IEnumerable<Deed> Deeds =>
    [
        new Deed(40, Step),
        new Deed(4, PassTime),
        new Deed(6, Ring),
        new Deed(1, Resize),
        new Deed(1, Kill),
    ];

    public override bool Settle()
    {
        if (world.Classes.Any(static pool => pool.HasWork))
        {
            Step();
            return true;
        }

        foreach (SimulatedPool pool in world.Classes)
            SimulationException.Unless(!IsStuck(pool), () => $"Tasks wait, a worker idles, and nobody is on the way: {pool.Core.Snapshot()}");
        if (world.Time.RingOne())
            return true;
        // A sweep that asks a try to stop may bring the task another one, whose time comes later.
        if (world.IsTimeUp && !world.Time.HasTimers && world.Classes.All(static pool => pool.IsOver || pool.Core.NextSweep == long.MaxValue))
            return false;
        world.Time.Advance(TimeSpan.FromHours(1));
        world.IsTimeUp = true;
        return true;
    }

    public override Task VerifyAsync(PoolSnapshot pool)
    {
        SimulationException.Unless(pool is { Paced: 0, Queued: 0, Waiting: 0, Running: 0, Delayed: 0, Stuck: 0, Replaced: 0 }, () => $"Something is left, and nothing is under way: {pool}");
        if (world.IsOver)
            SimulationException.Unless(pool.Phase == PoolPhase.Stopped, () => $"The pool is over: {pool}");
        else
            SimulationException.Unless(pool.Workers == world.Classes.Sum(static each => each.Core.Desired), () => $"Another number of workers is wanted: {pool}");
        return Task.CompletedTask;
    }

    // With credit pull any idle worker could take any task in the queue; those that are parked for their key are not there. With other routing a task may
    // wait for its own worker, which is not idle.
    private static bool IsStuck(SimulatedPool pool) => pool.Core.Bound == null && !pool.IsOver && pool.Core.Idle.Count > 0 && pool.Core.Shared.Queue.IsClaimed;

    // An actor of the first class that has one with something to do, from any class on.
    private void Step()
    {
        int first = world.Classes.Count == 1 ? 0 : world.Random.Next(world.Classes.Count);
        for (int i = 0; i < world.Classes.Count; i++)
        {
            SimulatedPool pool = world.Classes[(first + i) % world.Classes.Count];
            if (!pool.HasWork)
                continue;
            pool.Step();
            return;
        }
    }

    private void PassTime()
    {
        world.Time.Advance(world.Milliseconds(0, 20));
        foreach (SimulatedPool pool in world.Classes)
            pool.OnTick();
    }

    private void Ring() => world.Time.RingOne();

    private void Resize()
    {
        if (world.OneIn(2))
            world.AnyClass().Core.Resize(world.Random.Next(world.Settings.WorkersMin, world.Settings.WorkersMax + 1));
    }

    private void Kill()
    {
        if (world.OneIn(4))
            world.AnyClass().KillOne();
    }
}
