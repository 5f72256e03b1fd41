using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Admission.Limits;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Admission.Gate;

/// <summary>Row F1, the leaky bucket that smooths: a task that comes too early waits for its moment, up to a bound. In virtual time.</summary>
public sealed class PacedTaskTests : DispatcherTestKit
{
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
            Assert.Equal(6 - i, pool.Snapshot().Admission!.WaitingForRate);
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

    private ITaskDispatcher Start() => StartPool(b => b.Workers(1).RateLimit(100)
        .Set("admission.rate.shape", "leaky-bucket").Set("admission.rate.max-delay", Ms(60)).Handle(_handler)).Dispatcher;

    private sealed record Item : ITask<int>;
}
