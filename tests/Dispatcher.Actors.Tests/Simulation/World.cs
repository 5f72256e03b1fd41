using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>What the concerns of one pool's life share.</summary>
internal sealed class World
{
    public World(int seed)
    {
        Random = new Random(seed);
        Settings = LifeSettings.Draw(Random);
        Interrupts = new Interrupts(Random);
        Time = new SimulatedTime(Interrupts);
        Pool = new SimulatedPool(this);
        Tasks = new TaskRecords(Random);
    }

    /// <summary>The only source of chance.</summary>
    public Random Random { get; }

    public PoolSettings Settings { get; }

    public SimulatedTime Time { get; }

    public Interrupts Interrupts { get; }

    public SimulatedPool Pool { get; }

    /// <summary>The tasks of this life.</summary>
    public TaskRecords Tasks { get; }

    /// <summary>Whether so much time has passed that every limit of a task that runs must have been noticed.</summary>
    public bool IsTimeUp { get; set; }

    public bool OneIn(int times) => Random.Next(times) == 0;

    public TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(Random.Next(from, to));
}
