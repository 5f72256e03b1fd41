namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Actors have their turns; time passes; the pool is resized, workers are killed.</summary>
internal sealed class ActorTurns(World world) : Concern
{
    private SimulatedPool Pool => world.Pool;

    public override IEnumerable<Deed> Deeds =>
    [
        new Deed(40, Pool.Step),
        new Deed(4, PassTime),
        new Deed(1, Resize),
        new Deed(1, Kill),
    ];

    public override bool Settle()
    {
        if (Pool.HasWork)
        {
            Pool.Step();
            return true;
        }

        SimulationException.Unless(!IsStuck, () => $"Tasks wait, a worker idles, and nobody is on the way: {Pool.Core.Snapshot()}");
        // A sweep that asks a try to stop may bring the task another one, whose time comes later.
        if (world.IsTimeUp && (Pool.IsOver || Pool.Core.NextSweep == long.MaxValue))
            return false;
        world.Time.Advance(TimeSpan.FromHours(1));
        world.IsTimeUp = true;
        return true;
    }

    public override Task VerifyAsync(PoolSnapshot pool)
    {
        SimulationException.Unless(pool is { Queued: 0, Waiting: 0, Running: 0, Delayed: 0, Stuck: 0, Replaced: 0 }, () => $"Something is left, and nothing is under way: {pool}");
        if (Pool.IsOver)
            SimulationException.Unless(pool.Phase == PoolPhase.Stopped, () => $"The pool is over: {pool}");
        else
            SimulationException.Unless(pool.Workers == Pool.Core.Desired, () => $"{Pool.Core.Desired} workers are wanted: {pool}");
        return Task.CompletedTask;
    }

    // With credit pull any idle worker could take any task in the queue; those that are parked for their key are not there. With other routing a task may
    // wait for its own worker, which is not idle.
    private bool IsStuck => Pool.Core.Bound == null && !Pool.IsOver && Pool.Core.Idle.Count > 0 && Pool.Core.Shared.Queue.IsClaimed;

    private void PassTime()
    {
        world.Time.Advance(world.Milliseconds(0, 20));
        Pool.OnTick();
    }

    private void Resize()
    {
        if (world.OneIn(2))
            Pool.Core.Resize(world.Random.Next(world.Settings.WorkersMin, world.Settings.WorkersMax + 1));
    }

    private void Kill()
    {
        if (world.OneIn(4))
            Pool.KillOne();
    }
}
