using Akka.Configuration;
using Akka.Event;
using Dispatcher.Actors;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Dispatcher.TestKit.Tests;

public sealed class DispatcherTestKitTests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    public DispatcherTestKitTests(ITestOutputHelper output)
        : base(output, ConfigurationFactory.ParseString("dispatcher.pools.configured.workers { min = 3, max = 3 }"))
    {
    }

    [Fact]
    public async Task StartPool_InOneLine_Runs()
    {
        TestPool pool = StartPool(d => d.Handle<Echo, int>((task, _) => new ValueTask<int>(task.Number)));

        Assert.Equal(5, (await pool.Dispatcher.RunAsync(new Echo(5))).GetResultOrThrow());
    }

    [Fact]
    public async Task StartPool_Configured_ReadsTheTestsConfiguration()
    {
        TestPool pool = StartPool(d => d.Handle<Echo, int>((task, _) => new ValueTask<int>(task.Number)), "configured");

        Assert.Equal(3, (await pool.AwaitAsync(s => s.WorkersIdle == 3)).Workers);
    }

    [Fact]
    public async Task StartPool_WithServices_HandlersGetThem()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton("greeting").BuildServiceProvider();
        TestPool pool = StartPool(
            d => d.Handle<Echo, int>((_, context) => new ValueTask<int>(context.Services.GetRequiredService<string>().Length)), services: services);

        Assert.Equal(8, (await pool.Dispatcher.RunAsync(new Echo(5))).GetResultOrThrow());
    }

    [Fact]
    public async Task Advance_ADeadlineInTheQueue_ExpiresAtItsInstantAndNotBefore()
    {
        ScriptedHandler<Echo, int> handler = CreateScript<Echo, int>().Takes(60 * s_second, 0);
        TestPool pool = StartPool(d => d.Workers(1).Handle(handler));
        OutcomeProbe<int> probe = CreateOutcomeProbe<int>();
        probe.Watch(pool.Dispatcher.RunAsync(new Echo(0)));
        await handler.AwaitRunningAsync(1);
        TaskHandle<int> queued = await pool.Dispatcher.SubmitAsync(new Echo(1), new TaskOptions { Deadline = 5 * s_second });

        await AdvanceAsync(TimeSpan.FromSeconds(4.99));
        Assert.Equal(TaskState.Queued, queued.State);
        await AdvanceAsync(TimeSpan.FromSeconds(0.01));

        Assert.True(queued.Outcome.IsCompleted); // nothing to wait for: the pool has settled
        Assert.Equal(new Expired(ExpiredWhere.Queue), (await queued.Outcome).Detail);
        Assert.Equal(5 * s_second, Time.Elapsed);
    }

    [Fact]
    public async Task Advance_ManyDeadlines_EachAtItsInstant()
    {
        ScriptedHandler<Echo, int> handler = CreateScript<Echo, int>().Hangs();
        TestPool pool = StartPool(d => d.Workers(1).Set("grace", TimeSpan.FromHours(1)).Handle(handler));
        pool.Dispatcher.TrySubmit(new Echo(0));
        await handler.AwaitRunningAsync(1);
        List<TaskHandle<int>> handles = [];
        for (int i = 1; i <= 20; i++)
            handles.Add(await pool.Dispatcher.SubmitAsync(new Echo(i), new TaskOptions { Deadline = i * s_second }));

        for (int i = 1; i <= 20; i++)
        {
            await AdvanceAsync(s_second);
            Assert.Equal(i, handles.Count(handle => handle.Outcome.IsCompleted));
        }
    }

    [Fact]
    public async Task Await_APoolThatDoesNotComeToIt_ShowsThePool()
    {
        TestPool pool = StartPool(d => d.Workers(2).Handle<Echo, int>((task, _) => new ValueTask<int>(task.Number)));
        await pool.AwaitAsync(s => s.WorkersIdle == 2);

        XunitException error = await Assert.ThrowsAsync<XunitException>(() => pool.AwaitAsync(s => s.Failed > 0, TimeSpan.FromMilliseconds(20)));

        Assert.Equal(
            "The pool was not as expected within 00:00:00.0200000. Pool 'test' is Running: 2 workers idle, 0 busy, 0 draining; 0 tasks submitted = "
                + "0 paced + 0 waiting + 0 queued + 0 running + 0 delayed + 0 completed + 0 failed + 0 rejected + 0 expired + 0 cancelled + 0 abandoned.",
            error.Message);
    }

    [Fact]
    public async Task CrashWorker_AnIdleOne_ThePoolReplacesItAndLosesNothing()
    {
        ScriptedHandler<Echo, int> handler = CreateScript<Echo, int>().Returns(task => task.Number);
        TestPool pool = StartPool(d => d.Workers(2).Handle(handler));
        await pool.AwaitAsync(s => s.WorkersIdle == 2);

        await pool.CrashWorkerAsync();
        await pool.AwaitAsync(s => s.Workers == 2);
        await pool.CrashWorkerAsync(1);

        for (int i = 0; i < 10; i++)
            Assert.Equal(i, (await pool.Dispatcher.RunAsync(new Echo(i))).GetResultOrThrow());
        await pool.AwaitAsync(s => s.Workers == 2);
        await pool.VerifySumsAsync();
    }

    [Fact]
    public async Task CrashWorker_WithTasksInFlight_TheyStillEnd()
    {
        HandlerGate gate = new();
        ScriptedHandler<Echo, int> handler = CreateScript<Echo, int>().WaitsFor(gate, 1);
        TestPool pool = StartPool(d => d.Workers(1).Concurrency(4).Handle(handler));
        OutcomeProbe<int> probe = CreateOutcomeProbe<int>();
        for (int i = 0; i < 8; i++)
            probe.Watch(pool.Dispatcher.RunAsync(new Echo(i)));
        await gate.AwaitWaitingAsync(4);

        await pool.CrashWorkerAsync();
        gate.Open();

        for (int i = 0; i < 8; i++)
            await probe.ExpectAsync();
        await pool.VerifySumsAsync();
    }

    [Fact]
    public async Task CrashWorker_ThereIsNone_SaysHowManyThereAre()
    {
        TestPool pool = StartPool(d => d.Workers(2).Handle<Echo, int>((task, _) => new ValueTask<int>(task.Number)));

        ArgumentOutOfRangeException error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.CrashWorkerAsync(2));

        Assert.Contains("Pool 'test' has 2 workers.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FloodWorker_WhileItsHandlerHasTheTurn_ItsMailboxIsFullAndTasksGoOn()
    {
        using ManualResetEventSlim began = new();
        using ManualResetEventSlim goOn = new();
        TestPool pool = StartPool(d => d.Workers(1).Handle<Echo, int>((task, _) =>
        {
            began.Set();
            goOn.Wait(TimeSpan.FromSeconds(10)); // a bad handler: it holds its thread
            return new ValueTask<int>(task.Number);
        }));
        Sys.EventStream.Subscribe(TestActor, typeof(SuppressedDeadLetter));
        Task<TaskOutcome<int>> first = pool.Dispatcher.RunAsync(new Echo(1)).AsTask();
        Assert.True(began.Wait(TimeSpan.FromSeconds(10)));

        await pool.FloodWorkerAsync(1100);
        goOn.Set();

        Assert.Equal(1100 - 1024, ReceiveN(1100 - 1024).OfType<SuppressedDeadLetter>().Count());
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Assert.Equal(1, (await first).GetResultOrThrow());
        Assert.Equal(2, (await pool.Dispatcher.RunAsync(new Echo(2))).GetResultOrThrow());
    }

    [Fact]
    public void Dispose_HandlersHang_DoesNotWaitForThem()
    {
        HungTest test = new();
        long began = TimeProvider.System.GetTimestamp();

        test.Dispose();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.True(test.Sys.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(OutcomeKind.Abandoned, test.Outcome);
    }

    private sealed class HungTest : DispatcherTestKit
    {
        private readonly Task<TaskOutcome<int>> _outcome;

        public HungTest()
        {
            ScriptedHandler<Echo, int> handler = CreateScript<Echo, int>().Hangs();
            _outcome = StartPool(d => d.Handle(handler)).Dispatcher.RunAsync(new Echo(1)).AsTask();
            handler.AwaitRunningAsync(1).GetAwaiter().GetResult();
        }

        public OutcomeKind Outcome => _outcome.IsCompletedSuccessfully ? _outcome.GetAwaiter().GetResult().Kind : OutcomeKind.Pending;
    }
}
