using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Scaling.Classes;
using Dispatcher.Actors.Workers;
using Dispatcher.Actors.Workers.Traits;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>The classes of a pool that measures, without actors and in virtual time: one type of task, a worker each, turns when the test says so.</summary>
internal sealed class MeasuredPool
{
    public static readonly MeasuringSettings Settings = new()
    {
        Every = TimeSpan.FromSeconds(1),
        Runs = 2,
        InRow = 2,
        IoAbove = 0.6,
        CpuBelow = 0.2,
        Margin = 0.1,
        LongAbove = TimeSpan.FromMilliseconds(10),
    };

    private readonly RouteTable _table = new();
    private readonly Dictionary<WorkerClass, (PoolCore Core, WorkerSlot Worker)> _classes = [];
    private readonly MeasuredType _type;

    public MeasuredPool(Func<string, TaskContext, ValueTask<int>> handler)
    {
        PoolCore? first = null;
        List<TaskRoute> routes = [];
        foreach (WorkerClass workers in (WorkerClass[])[WorkerClass.Default, WorkerClass.Cpu, WorkerClass.Io, WorkerClass.Long])
        {
            PoolCore core = new(TestCells.Settings with { Class = workers, QueueCapacity = 64 }, Time, null, NullLogger.Instance, first);
            first ??= core;
            routes.Add(TestCells.Route(core, handler));
            core.Open();
            WorkerSlot worker = core.Slots.TryTake()!;
            worker.Man(new Deaf());
            _classes.Add(workers, (core, worker));
        }

        _table.Add(routes[0]);
        _type = new MeasuredType(_table, routes, new TypeTraits(first!.Clock, threads: null));
    }

    public ManualTime Time { get; } = new();

    /// <summary>The way that a caller's next task takes.</summary>
    public TaskRoute<string, int> Route => (TaskRoute<string, int>)_table.Find(typeof(string))!;

    /// <summary>How many tasks wait in the queue of a class.</summary>
    public int Queued(WorkerClass workers) => _classes[workers].Core.Waiting;

    public PoolSnapshot Snapshot() => _classes.Values.Select(each => each.Core.Snapshot()).Aggregate((one, other) => one.Plus(other));

    public void Submit(string task, TaskOptions? options = null) => Assert.True(Route.TrySubmit(task, options));

    /// <summary>The worker of a class takes what there is.</summary>
    public void Turn(WorkerClass workers) => _classes[workers].Worker.RunTurn();

    /// <summary>Runs tasks, one after the other, with time between them.</summary>
    public void Run(int tasks, string task)
    {
        for (int i = 0; i < tasks; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Submit(task);
            Turn(Route.Core.Settings.Class);
        }
    }

    public ClassDecided? Look() => _type.Look(Settings, Time.GetUtcNow());

    /// <summary>As many measurements as it takes to move.</summary>
    public ClassDecided? Measure(string task)
    {
        ClassDecided? decided = null;
        for (int i = 0; i < Settings.InRow; i++)
        {
            Assert.Null(decided);
            Run(Settings.Runs, task);
            decided = Look();
        }

        return decided;
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
