using System.Diagnostics.Metrics;
using Akka.Actor;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Admission.Limits;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Tests.Telemetry;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Admission.Gate;

/// <summary>Row F1, the leaky bucket that smooths: a task that comes too early waits for its moment, up to a bound. In virtual time.</summary>
public sealed class PacedTaskTests : DispatcherTestKit
{
    private static readonly AdmissionSettings s_smooth = new() { Rate = new RateSettings { Shape = RateShape.LeakyBucket, PermitsPerSecond = 100, MaxDelay = Ms(60) } };
    private readonly ScriptedHandler<Item, int> _handler;

    public PacedTaskTests() => _handler = CreateScript<Item, int>().Returns(1);

    [Fact]
    public async Task Burst_TasksComeInEvenlySpaced_AndBeyondTheBoundAreRefused()
    {
        ITaskDispatcher pool = Start();
        Task<TaskOutcome<int>>[] outcomes = [.. Enumerable.Range(0, 10).Select(_ => pool.RunAsync(new Item()).AsTask())];
        // Moments at 0, 10, ... 60 ms.
        Assert.All(outcomes[7..], outcome => Assert.True(outcome.IsCompleted));
        foreach (Task<TaskOutcome<int>> refused in outcomes[7..])
            Assert.Equal(new Rejected(RejectReason.RateLimited, Ms(10)), (await refused).Detail);
        for (int i = 0; i < 7; i++)
        {
            Assert.True((await outcomes[i]).IsCompleted);
            Assert.All(outcomes[(i + 1)..7], outcome => Assert.False(outcome.IsCompleted));
            Assert.Equal(6 - i, pool.Snapshot().Paced);
            if (i < 6)
                await AdvanceAsync(Ms(10));
        }

        Assert.Equal((10, 7, 3), (pool.Snapshot().Submitted, pool.Snapshot().Completed, pool.Snapshot().Rejected));
    }

    [Fact]
    public async Task EveryEntry_TooEarly_WaitsUnlessItNeverDoes()
    {
        ITaskDispatcher pool = Start();
        Assert.True(pool.TrySubmit(new Item()));
        Assert.False(pool.TrySubmit(new Item(), out TaskHandle<int> refused));
        Assert.Equal(new Rejected(RejectReason.RateLimited, Ms(10)), (await refused.Outcome).Detail);
        Task<TaskHandle<int>> submitted = pool.SubmitAsync(new Item()).AsTask();
        Task<bool> posted = pool.PostAsync(new Item()).AsTask();
        await AdvanceAsync(Ms(10));
        Assert.True((await (await submitted).Outcome).IsCompleted);
        Assert.False(posted.IsCompleted);
        await AdvanceAsync(Ms(10));
        Assert.True(await posted);
    }

    [Fact]
    public async Task Cancel_WhileItWaits_ItsMomentGoesToTheNext()
    {
        ITaskDispatcher pool = Start();
        using CancellationTokenSource source = new();
        await pool.RunAsync(new Item());
        Task<TaskOutcome<int>> cancelled = pool.RunAsync(new Item(), null, source.Token).AsTask();
        Assert.False(cancelled.IsCompleted);
        await source.CancelAsync();
        Assert.Equal(new Cancelled("caller"), (await cancelled).Detail);
        Task<TaskOutcome<int>> next = pool.RunAsync(new Item()).AsTask();
        await AdvanceAsync(Ms(10));
        Assert.True((await next).IsCompleted);
        Assert.Equal(0, Time.PendingTimers);
    }

    [Fact]
    public async Task Deadline_BeforeItsMoment_IsRefusedAtOnceAndAfterItCountsTheWait()
    {
        ITaskDispatcher pool = Start();
        await pool.RunAsync(new Item());
        await _handler.NextCallAsync();
        Assert.Equal(new Rejected(RejectReason.RateLimited, Ms(10)), (await pool.RunAsync(new Item(), new TaskOptions { Deadline = Ms(9) })).Detail);
        Task<TaskOutcome<int>> patient = pool.RunAsync(new Item(), new TaskOptions { Deadline = Ms(25) }).AsTask();
        await AdvanceAsync(Ms(10));
        Assert.Equal(Ms(15), (await _handler.NextCallAsync()).Remaining);
        Assert.True((await patient).IsCompleted);
    }

    [Fact]
    public async Task Wait_ForItsMoment_IsInTheSumsAndInTheMetrics()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Readings readings = new(services.GetRequiredService<IMeterFactory>());
        ITaskDispatcher pool = Start(services);
        await pool.RunAsync(new Item());
        Task<TaskOutcome<int>> waits = pool.RunAsync(new Item()).AsTask();
        Assert.Equal((2L, 1, 1L), (pool.Snapshot().Submitted, pool.Snapshot().Paced, pool.Snapshot().Ended));
        Assert.Equal((1, 2, 0), (readings.Read("dispatcher.task.paced"), readings.Read("dispatcher.task.submitted"), readings.Read("dispatcher.task.delayed")));
        await AdvanceAsync(Ms(10));
        await waits;
        Assert.Equal((2L, 0, 2L), (pool.Snapshot().Submitted, pool.Snapshot().Paced, pool.Snapshot().Ended));
        Assert.Equal((0, 2), (readings.Read("dispatcher.task.paced"), readings.Read("dispatcher.task.submitted")));
    }

    [Fact]
    public async Task Stop_WhileTheyWait_EachIsRefusedAndTheDrainDoesNotWaitForTheirMoments()
    {
        TestPool test = StartTestPool();
        ITaskDispatcher pool = test.Dispatcher;
        await pool.RunAsync(new Item());
        Task<TaskOutcome<int>> run = pool.RunAsync(new Item()).AsTask();
        Task<TaskHandle<int>> submitted = pool.SubmitAsync(new Item()).AsTask();
        Task<bool> posted = pool.PostAsync(new Item()).AsTask();
        Assert.Equal(3, pool.Snapshot().Paced);

        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);

        Rejected draining = new(RejectReason.Draining, null);
        Assert.Equal((draining, draining), ((await run).Detail, (await (await submitted).Outcome).Detail));
        Assert.False(await posted);
        PoolSnapshot end = pool.Snapshot();
        Assert.Equal((4L, 3L, 0, PoolPhase.Stopped), (end.Submitted, end.RejectedBy[RejectReason.Draining], end.Paced, end.Phase));
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    [Fact]
    public async Task Parent_IsCancelledWhileItsChildWaits_TheChildEndsAtOnce()
    {
        Task<TaskOutcome<int>>? child = null;
        TaskCompletionSource handedIn = new();
        ITaskDispatcher? pool = null;
        pool = StartPool(b => Smooth(b).Handle<Item, int>(async (_, context) =>
        {
            child = pool!.RunAsync(new Item(), new TaskOptions { Deadline = Ms(50) }).AsTask();
            handedIn.SetResult();
            await child.ConfigureAwait(false);
            context.CancellationToken.ThrowIfCancellationRequested();
            return 1;
        })).Dispatcher;
        TaskHandle<int> parent = await pool.SubmitAsync(new Item());
        await handedIn.Task;
        Assert.Equal(1, pool.Snapshot().Paced);
        Assert.True(parent.TryCancel("test"));

        Assert.Equal(new Cancelled("parent"), (await child!).Detail);
        Assert.Equal(new Cancelled("test"), (await parent.Outcome).Detail);
        Assert.Equal((2L, 0, 2L), (pool.Snapshot().Submitted, pool.Snapshot().Paced, pool.Snapshot().Cancelled));
    }

    [Fact]
    public async Task IdempotencyKey_FirstOfItWaits_AllShareTheTaskThatIsCountedOnce()
    {
        ITaskDispatcher pool = Start();
        TaskOptions keyed = new() { IdempotencyKey = "key" };
        await pool.RunAsync(new Item());
        Task<TaskOutcome<int>> first = pool.RunAsync(new Item(), keyed).AsTask();
        Task<TaskHandle<int>> second = pool.SubmitAsync(new Item(), keyed).AsTask();
        Assert.True(pool.TrySubmit(new Item(), out TaskHandle<int> third, keyed));
        Assert.Equal((2L, 1, 2L), (pool.Snapshot().Submitted, pool.Snapshot().Paced, pool.Snapshot().Joined));
        Assert.Equal(TaskState.Waiting, third.State);
        Assert.False(second.IsCompleted);

        await AdvanceAsync(Ms(10));

        Assert.True((await first).IsCompleted);
        Assert.Equal((await second).Id, third.Id);
        Assert.Equal((2L, 2L, 0), (pool.Snapshot().Submitted, pool.Snapshot().Completed, pool.Snapshot().Paced));
    }

    [Fact]
    public async Task IdempotencyKey_AllLeaveWhileItWaits_ItsMomentGoesToTheNext()
    {
        ITaskDispatcher pool = Start();
        TaskOptions keyed = new() { IdempotencyKey = "key" };
        using CancellationTokenSource source = new();
        await pool.RunAsync(new Item());
        Task<TaskOutcome<int>> first = pool.RunAsync(new Item(), keyed, source.Token).AsTask();
        pool.TrySubmit(new Item(), out TaskHandle<int> second, keyed);
        await source.CancelAsync();
        Assert.Equal((new Cancelled("caller"), 1), ((await first).Detail, pool.Snapshot().Paced));
        Assert.True(second.TryCancel("test"));
        Assert.Equal((new Cancelled("test"), 0), ((await second.Outcome).Detail, pool.Snapshot().Paced));

        Task<TaskOutcome<int>> next = pool.RunAsync(new Item(), keyed).AsTask();
        await AdvanceAsync(Ms(10));
        Assert.True((await next).IsCompleted);
        Assert.Equal((3L, 2L, 1L), (pool.Snapshot().Submitted, pool.Snapshot().Completed, pool.Snapshot().Cancelled));
    }

    [Fact]
    public async Task Moment_AgainstCancelAndStop_OneOfThemWins()
    {
        const int rounds = 2_000;
        for (int i = 0; i < rounds; i++)
        {
            ManualTimeProvider time = new();
            PoolCore core = TestCells.Core(TestCells.Settings with { QueueCapacity = 8, Admission = s_smooth }, time);
            TaskRoute<string, int> route = TestCells.Route(core);
            using CancellationTokenSource source = new();
            TaskOptions? options = i % 2 == 0 ? null : new TaskOptions { IdempotencyKey = "key" };
            route.TrySubmit("first", null);
            Task<TaskOutcome<int>> waits = route.RunAsync("waits", options, source.Token).AsTask();
            Assert.Equal(1, core.Snapshot().Paced);
            using Barrier start = new(3);
            await Task.WhenAll(
                Task.Run(() => Start(() => time.Advance(Ms(10)))), Task.Run(() => Start(source.Cancel)), Task.Run(() => Start(core.BeginDrain)));
            core.Close();

            Assert.Contains((await waits).Detail, (OutcomeDetail[])[new Cancelled("caller"), new Rejected(RejectReason.Draining, null), new Rejected(RejectReason.Stopped, null)]);
            PoolSnapshot end = core.Snapshot();
            Assert.Equal((2L, 2L, 0, true), (end.Submitted, end.Ended, end.Paced, core.IsQuiet));
            Assert.Equal(0, time.PendingTimers);

            void Start(Action act)
            {
                start.SignalAndWait();
                act();
            }
        }
    }

    [Fact]
    public void Reserve_AnyArrivals_AgreesWithTheModel()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            ManualTime time = new();
            TimeSpan maxDelay = Ms(random.Next(1, 50));
            RateSettings rate = new() { Shape = RateShape.LeakyBucket, PermitsPerSecond = 100, MaxDelay = maxDelay };
            AdmissionGate gate = new(new AdmissionSettings { Rate = rate }, 100, new Clock(time), new SharedRandom(1), null);
            LeakyBucketModel model = new(100, maxDelay.Ticks);
            for (int i = 0; i < 500; i++)
            {
                time.Advance(TimeSpan.FromTicks(random.Next(0, 3) * random.Next(100_000)));
                Rejected? refusal = gate.TryReserve(TypeAdmission.None, new TaskOptions(), null, out RateSlot? slot);
                Assert.Equal(model.Take(time.GetTimestamp()), (refusal == null, (slot?.Delay ?? refusal!.RetryAfter!.Value).Ticks));
            }
        }
    }

    private static TimeSpan Ms(int count) => TimeSpan.FromMilliseconds(count);

    private static TaskDispatcherBuilder Smooth(TaskDispatcherBuilder builder) => builder.Workers(1).RateLimit(100)
        .Set("admission.rate.shape", "leaky-bucket").Set("admission.rate.max-delay", Ms(60));

    private TestPool StartTestPool(IServiceProvider? services = null) => StartPool(b => Smooth(b).Handle(_handler), services: services);

    private ITaskDispatcher Start(IServiceProvider? services = null) => StartTestPool(services).Dispatcher;

    private sealed record Item : ITask<int>;
}
