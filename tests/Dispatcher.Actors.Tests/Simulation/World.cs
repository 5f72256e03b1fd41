using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>What the concerns of one pool's life share.</summary>
internal sealed class World
{
    public World(int seed)
    {
        Random = new Random(seed);
        Settings = LifeSettings.Draw(Random);
        Interrupts = new Interrupts(Random);
        Time = new SimulatedTime(Interrupts, Random);
        Classes = [.. MakeClasses().Select(core => new SimulatedPool(this, core))];
        Tasks = new TaskRecords(Random);
    }

    /// <summary>The only source of chance.</summary>
    public Random Random { get; }

    public PoolSettings Settings { get; }

    public SimulatedTime Time { get; }

    public Interrupts Interrupts { get; }

    /// <summary>The classes of workers, the default one first: half of the lives have one, the others those that a type of task moves between.</summary>
    public IReadOnlyList<SimulatedPool> Classes { get; }

    /// <summary>The default class of workers.</summary>
    public SimulatedPool Pool => Classes[0];

    /// <summary>Whether all classes have stopped.</summary>
    public bool IsOver => Classes.All(static pool => pool.IsOver);

    /// <summary>The way to each type's present class.</summary>
    public RouteTable Table { get; } = new();

    /// <summary>The way that a caller's next task takes.</summary>
    public TaskRoute<SimulatedTask, int> Route => (TaskRoute<SimulatedTask, int>)Table.Find(typeof(SimulatedTask))!;

    /// <summary>The tasks of this life.</summary>
    public TaskRecords Tasks { get; }

    /// <summary>Whether so much time has passed that every limit of a task that runs must have been noticed.</summary>
    public bool IsTimeUp { get; set; }

    public bool OneIn(int times) => Random.Next(times) == 0;

    /// <summary>All classes as one.</summary>
    public PoolSnapshot Snapshot() => Classes.Select(static pool => pool.Core.Snapshot()).Aggregate(static (one, other) => one.Plus(other));

    /// <summary>One of the classes.</summary>
    public SimulatedPool AnyClass() => Classes.Count == 1 ? Pool : Classes[Random.Next(Classes.Count)];

    public TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(Random.Next(from, to));

    private IEnumerable<PoolCore> MakeClasses()
    {
        PoolCore first = TestCells.Core(Settings, Time);
        yield return first;
        if (OneIn(2))
            yield break;
        foreach (WorkerClass workers in (WorkerClass[])[WorkerClass.Cpu, WorkerClass.Io, WorkerClass.Long])
            yield return new PoolCore(Settings with { Class = workers }, Time, null, NullLogger.Instance, first);
    }
}
