using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row P3, worker state machine: Idle to Busy, Busy to Draining, Draining to Idle (and Busy to Idle when nothing is left). Every other move is refused and
/// counted; the state is visible per worker.
/// </summary>
public sealed class RowP3Tests : PoolTest
{
    [Fact]
    public async Task Workers_IdleBusyDrainingAndGone_AreSeenOneByOne()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1, 3).Handle<Work, string>(Work.HandleAsync));
        pool.Resize(3);
        AwaitPool(pool, snapshot => snapshot.WorkersIdle == 3);
        Assert.Equal([0, 1, 2], pool.GetWorkers().Select(worker => worker.Number));
        Assert.All(pool.GetWorkers(), worker => Assert.Equal((WorkerState.Idle, 0), (worker.State, worker.Running)));

        Work[] works = [new("0"), new("1"), new("2")];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select(work => pool.RunAsync(work).AsTask())];
        AwaitPool(pool, snapshot => snapshot.Running == 3);
        Assert.All(pool.GetWorkers(), worker => Assert.Equal((WorkerState.Busy, 1), (worker.State, worker.Running)));

        pool.Resize(1);
        AwaitPool(pool, snapshot => snapshot.WorkersDraining == 2);
        Assert.Equal([WorkerState.Busy, WorkerState.Draining, WorkerState.Draining], pool.GetWorkers().Select(worker => worker.State));

        foreach (Work work in works)
            work.Finish();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
        AwaitPool(pool, snapshot => snapshot is { Workers: 1, WorkersIdle: 1 });
        WorkerSnapshot left = Assert.Single(pool.GetWorkers());
        Assert.Equal((WorkerClass.Default, 0, WorkerState.Idle), (left.Class, left.Number, left.State));
    }

    [Fact]
    public async Task Workers_ThroughFaultsResizesAndAStop_NoMoveWasRefused()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1, 8).Queue(10_000)
            .Handle<Work, string>((work, _) => work.Name == "throw" ? throw new InvalidOperationException("no") : new ValueTask<string>(work.Name)));
        Task<TaskOutcome<string>>[] outcomes = new Task<TaskOutcome<string>>[4_000];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = pool.RunAsync(new Work(i % 50 == 0 ? "throw" : "x")).AsTask();
            if (i % 200 == 0)
                pool.Resize(1 + (i / 200 % 8));
        }

        await Soon(Task.WhenAll(outcomes));
        await Akka.Actor.CoordinatedShutdown.Get(Sys).Run(Akka.Actor.CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, pool.Snapshot().RefusedMoves);
    }

    [Fact]
    public void StateMachine_EveryOtherMove_IsRefusedAndCounted()
    {
        (WorkerState From, WorkerState To)[] allowed =
            [(WorkerState.Idle, WorkerState.Busy), (WorkerState.Busy, WorkerState.Idle), (WorkerState.Busy, WorkerState.Draining), (WorkerState.Draining, WorkerState.Idle)];
        int refused = 0;
        foreach (WorkerState from in Enum.GetValues<WorkerState>())
        {
            foreach (WorkerState to in Enum.GetValues<WorkerState>())
            {
                WorkerStateMachine machine = In(from);
                bool moved = machine.TryMove(to);
                Assert.Equal(allowed.Contains((from, to)), moved);
                Assert.Equal(moved ? to : from, machine.State);
                refused += machine.Refused;
            }
        }

        Assert.Equal(9 - allowed.Length, refused);
    }

    private static WorkerStateMachine In(WorkerState state)
    {
        WorkerStateMachine machine = default;
        if (state != WorkerState.Idle)
            machine.TryMove(WorkerState.Busy);
        if (state == WorkerState.Draining)
            machine.TryMove(WorkerState.Draining);
        return machine;
    }
}
