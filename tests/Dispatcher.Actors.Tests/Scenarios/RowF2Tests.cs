using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>The hybrid limiter: rate first, then concurrency; the refusal says which of the two.</summary>
public sealed class RowF2Tests
{
    private static readonly AdmissionSettings s_hybrid = new()
    {
        Rate = new RateSettings { Shape = RateShape.TokenBucket, PermitsPerSecond = 1000, Burst = 8 },
        Concurrency = new ConcurrencySettings { Limit = 5, Headroom = 0, RetryAfter = TimeSpan.FromMilliseconds(70) },
    };

    private readonly SteppedPool _pool = new(1, TestCells.Settings with { QueueCapacity = 100, WorkersMax = 4, Concurrency = 10, Admission = s_hybrid });
    private readonly List<TaskCompletionSource<int>> _running = [];

    [Fact]
    public void Submit_OverTheConcurrencyAndWithinTheRate_IsConcurrencyLimitedAndCostsNoToken()
    {
        TaskRoute<string, int> route = Route();
        for (int i = 0; i < 5; i++)
            Assert.Null(Submit(route));
        for (int i = 0; i < 10; i++)
            Assert.Equal(new Rejected(RejectReason.ConcurrencyLimited, TimeSpan.FromMilliseconds(70)), Submit(route));
        Finish(5);
        // Three tokens of the eight are left: the refusals took none.
        for (int i = 0; i < 3; i++)
            Assert.Null(Submit(route));
        Assert.Equal(RejectReason.RateLimited, Submit(route)?.Reason);
        PoolSnapshot end = _pool.Core.Snapshot();
        Assert.Equal(10, end.RejectedBy[RejectReason.ConcurrencyLimited]);
        Assert.Equal(1, end.RejectedBy[RejectReason.RateLimited]);
        Assert.Equal(3, end.Admission!.InFlight);
    }

    [Fact]
    public void Submit_OverBoth_TheRateSpeaksFirst()
    {
        TaskRoute<string, int> route = Route();
        for (int i = 0; i < 5; i++)
            Submit(route);
        Finish(3);
        for (int i = 0; i < 3; i++)
            Assert.Null(Submit(route));
        // No token and no room.
        Assert.Equal(new Rejected(RejectReason.RateLimited, TimeSpan.FromMilliseconds(1)), Submit(route));
        _pool.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RejectReason.ConcurrencyLimited, Submit(route)?.Reason);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("throw")]
    [InlineData("cancel")]
    public void End_OfAnyKind_GivesThePermitBackOnce(string end)
    {
        TaskRoute<string, int> route = Route();
        for (int round = 0; round < 20; round++)
        {
            _pool.Time.Advance(TimeSpan.FromSeconds(1));
            route.TrySubmit("task", null, out TaskHandle<int> handle);
            if (end == "cancel")
                handle.TryCancel("test");
            Work();
            if (end == "return")
                Finish(1);
            else if (end == "throw")
                Fail();
            Assert.True(handle.Outcome.IsCompleted);
            Assert.Equal(0, _pool.Core.Snapshot().Admission!.InFlight);
        }
    }

    private TaskRoute<string, int> Route()
    {
        // So that a handler's continuation runs where its task is completed.
        SynchronizationContext.SetSynchronizationContext(null);
        return TestCells.Route(_pool.Core, (_, _) =>
        {
            TaskCompletionSource<int> end = new();
            _running.Add(end);
            return new ValueTask<int>(end.Task);
        });
    }

    private Rejected? Submit(TaskRoute<string, int> route)
    {
        ValueTask<TaskOutcome<int>> outcome = route.RunAsync("task", null, default);
        Work();
        return outcome.IsCompleted ? (Rejected)outcome.Result.Detail! : null;
    }

    private void Finish(int tasks)
    {
        foreach (TaskCompletionSource<int> end in _running[..tasks])
            end.SetResult(1);
        _running.RemoveRange(0, tasks);
        Work();
    }

    private void Fail()
    {
        _running[0].SetException(new InvalidOperationException());
        _running.RemoveAt(0);
        Work();
    }

    private void Work()
    {
        while (_pool.HasWork)
            _pool.Step();
    }
}
