using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

/// <summary>How long a worker keeps its thread, and who has it next.</summary>
public sealed class TurnTests : PoolTest
{
    private const int Tasks = 40;

    private static readonly PoolSettings s_timed = TestCells.Settings with { TimePerTurn = TimeSpan.FromMilliseconds(1), TasksPerTurn = 2 * Tasks, QueueCapacity = Tasks };

    [Theory]
    [InlineData(0.3, 8)]
    [InlineData(0.6, 4)]
    [InlineData(50, 4)]
    [InlineData(0.01, Tasks)]
    public void Turn_ItsTimeIsOver_LeavesItsThreadAtTheNextLook(double millisOfTask, int taken)
    {
        (WorkerSlot worker, PoolCore core) = Queue(s_timed, millisOfTask);

        TurnEnd end = worker.RunTurn();

        Assert.Equal(taken, core.Snapshot().Completed);
        Assert.Equal(taken == Tasks ? TurnEnd.Idle : TurnEnd.Leave, end);
    }

    [Fact]
    public void Turn_SmallTasks_KeepsItsThreadForSeveralTurnsUntilItsTimeIsOver()
    {
        (WorkerSlot worker, PoolCore core) = Queue(s_timed with { TasksPerTurn = 4 }, millisOfTask: 0.1);

        Assert.Equal([TurnEnd.Yield, TurnEnd.Yield, TurnEnd.Leave, TurnEnd.Yield], Enumerable.Range(0, 4).Select(_ => worker.RunTurn()));
        Assert.Equal(16, core.Snapshot().Completed);
    }

    [Fact]
    public void Turn_TasksComeOneByOne_NoTimeIsCounted()
    {
        (WorkerSlot worker, PoolCore core) = Queue(s_timed, millisOfTask: 50, tasks: 1);

        Assert.Equal(TurnEnd.Idle, worker.RunTurn());
        Submit(core, 3);

        Assert.Equal(TurnEnd.Idle, worker.RunTurn());
    }

    [Fact]
    public void Turn_ItsTimeIsOff_LeavesItsThreadAfterItsTasks()
    {
        (WorkerSlot worker, PoolCore core) = Queue(s_timed with { TimePerTurn = null, TasksPerTurn = 30 }, millisOfTask: 1000);

        Assert.Equal(TurnEnd.Leave, worker.RunTurn());
        Assert.Equal(30, core.Snapshot().Completed);
    }

    [Fact]
    public void Turn_OneTaskAtATime_LeavesItsThreadWhenItsTimeIsOver()
    {
        (WorkerSlot worker, _) = Queue(s_timed with { TasksPerTurn = 1 }, millisOfTask: 1);

        Assert.Equal([TurnEnd.Yield, TurnEnd.Leave, TurnEnd.Yield, TurnEnd.Leave], Enumerable.Range(0, 4).Select(_ => worker.RunTurn()));
    }

    [Fact]
    public async Task CallersOfAPoolThatIsNeverDone_AreTold()
    {
        ITaskDispatcher pool = null!;
        bool isTold = false;
        pool = Start(b => b.Set("callers-in-turn", "off").Queue(1024, FullPolicy.Refuse).Handle<Work, string>((work, _) =>
        {
            // Whatever ends has a successor, until the callers have been told: no worker ever finds the queue empty.
            if (work.Name == "endless" && !Volatile.Read(ref isTold))
                pool.TrySubmit(work, new TaskOptions { IsDetached = true });
            return new ValueTask<string>(work.Name);
        }));
        for (int i = 0; i < 4 * Environment.ProcessorCount; i++)
            Assert.True(pool.TrySubmit(new Work("endless")));

        TaskOutcome<string>[] outcomes = await Soon(Task.WhenAll(Enumerable.Range(0, 100).Select(i => pool.RunAsync(new Work($"{i}")).AsTask())));

        Volatile.Write(ref isTold, true);
        Assert.All(outcomes, static outcome => Assert.True(outcome.IsCompleted));
        AwaitPool(pool, static snapshot => snapshot is { Queued: 0, Running: 0 });
    }

    private static (WorkerSlot Worker, PoolCore Core) Queue(PoolSettings settings, double millisOfTask, int tasks = Tasks)
    {
        ManualTime time = new();
        PoolCore core = TestCells.Core(settings, time);
        TestCells.Route(core, (_, _) =>
        {
            time.Advance(TimeSpan.FromMilliseconds(millisOfTask));
            return new ValueTask<int>(1);
        });
        core.Open();
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        Submit(core, tasks);
        return (worker, core);
    }

    private static void Submit(PoolCore core, int tasks)
    {
        for (int i = 0; i < tasks; i++)
            Assert.True(((TaskRoute<string, int>)core.Routes.All.Single()).TrySubmit("task", null));
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
