using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Workers;

/// <summary>Callers that go on inside a worker's turn: fast while they are short, harmless when they are not.</summary>
public sealed class LentTurnTests : PoolTest
{
    [Fact]
    public void CallerTimes_ShortSamples_BecomeShortAndStayItUpToOneLongOfSixteen()
    {
        CallerTimes times = new(100);
        Assert.False(times.AreShort);
        for (int i = 0; i < 64; i++)
            times.Note(50);
        Assert.True(times.AreShort);
        for (int i = 0; i < 160; i++)
            times.Note(i % 16 == 0 ? 101 : 50);
        Assert.True(times.AreShort);
        for (int i = 0; i < 64; i++)
            times.Note(i % 4 == 0 ? 101 : 50);
        Assert.False(times.AreShort);
    }

    [Fact]
    public void CallerTimes_SwitchedOff_AreNeverShort()
    {
        CallerTimes times = new(0);
        for (int i = 0; i < 200; i++)
            times.Note(0);
        Assert.False(times.AreShort);
        Assert.False(times.AreOfInterest);
    }

    [Fact]
    public async Task ShortCaller_GoesOnInTheTurn_AndSendsAsNobody()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("callers-in-turn", TimeSpan.FromMilliseconds(1)).Handle<Work, string>(EchoAsync));
        Assert.True(await Soon(Task.Run(() => RunUntilLentAsync(pool))));
    }

    [Fact]
    public async Task CallerThatBlocksOnItsOwnPool_IsNoticedAndAnotherWorkerStandsIn()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("callers-in-turn", TimeSpan.FromMilliseconds(1)).Handle<Work, string>(EchoAsync));
        TaskOutcome<string> outcome = await Soon(Task.Run(async () =>
        {
            Assert.True(await RunUntilLentAsync(pool));
            // In the only worker's turn now, and waiting for that worker.
            using ManualResetEventSlim done = new();
            Task<TaskOutcome<string>> own = pool.RunAsync(new Work("own")).AsTask();
            Task ended = own.ContinueWith(_ => done.Set(), TaskScheduler.Default);
            done.Wait();
            await ended;
            return await own;
        }));
        Assert.Equal("own", outcome.GetResultOrThrow());
        AwaitPool(pool, snapshot => snapshot is { Workers: 1, WorkersIdle: 1 });
    }

    [Fact]
    public async Task CallerThatBlocksOnTasksInItsWorkersOwnLine_AnotherWorkerTakesThemOver()
    {
        ITaskDispatcher pool = Start(b => b.Workers(2).Routing(RoutingPolicy.RoundRobin)
            .Set("callers-in-turn", TimeSpan.FromMilliseconds(1)).Handle<Work, string>(EchoAsync));
        int completed = await Soon(Task.Run(async () =>
        {
            Assert.True(await RunUntilLentAsync(pool));
            // Half of them are bound to the worker whose turn this is.
            Task<TaskOutcome<string>>[] own = [.. Enumerable.Range(0, 4).Select(i => pool.RunAsync(new Work($"{i}")).AsTask())];
            using ManualResetEventSlim done = new();
            Task ended = Task.WhenAll(own).ContinueWith(_ => done.Set(), TaskScheduler.Default);
            done.Wait();
            await ended;
            return (await Task.WhenAll(own)).Count(outcome => outcome.IsCompleted);
        }));
        Assert.Equal(4, completed);
        AwaitPool(pool, snapshot => snapshot is { Workers: 2, WorkersIdle: 2, Queued: 0 });
    }

    private static async Task<bool> RunUntilLentAsync(ITaskDispatcher pool)
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            await pool.RunAsync(new Work("x"));
            if (Actors.Workers.WorkerSlot.Lending != null)
                return Akka.Actor.Internal.InternalCurrentActorCellKeeper.Current == null;
        }

        return false;
    }

    private static ValueTask<string> EchoAsync(Work work, TaskContext context) => new(work.Name);
}
