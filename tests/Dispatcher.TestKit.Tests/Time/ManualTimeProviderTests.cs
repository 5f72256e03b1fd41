namespace Dispatcher.TestKit.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Clock_NotAdvanced_StandsStill()
    {
        long timestamp = _time.GetTimestamp();

        Assert.Equal(ManualTimeProvider.DefaultStart, _time.GetUtcNow());
        Assert.Equal(timestamp, _time.GetTimestamp());
        Assert.NotEqual(0, timestamp);
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
    }

    [Fact]
    public void Advance_AllClocks_MoveTogether()
    {
        DateTimeOffset start = new(2030, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));
        ManualTimeProvider time = new(start);
        long before = time.GetTimestamp();

        time.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal(start.AddMinutes(90), time.GetUtcNow());
        Assert.Equal(start.AddMinutes(90).UtcDateTime, time.GetLocalNow().DateTime);
        Assert.Equal(TimeSpan.FromMinutes(90), time.GetElapsedTime(before));
        Assert.Equal(TimeSpan.FromMinutes(90), time.Elapsed);
    }

    [Fact]
    public void Advance_TimersOfManyInstants_RunInDueOrderEachAtItsInstant()
    {
        Timer("c", 3);
        Timer("a", 1);
        Timer("b", 2);
        Timer("late", 5);

        _time.Advance(4 * s_second);

        Assert.Equal(["a at 1", "b at 2", "c at 3"], _log);
        Assert.Equal(1, _time.PendingTimers);
        Assert.Equal(s_second, _time.NextTimer);
    }

    [Fact]
    public void Advance_TimersOfOneInstant_RunInTheOrderInWhichTheyWereSet()
    {
        Timer("first", 1);
        Timer("second", 1);
        Timer("third", 1);

        _time.Advance(s_second);

        Assert.Equal(["first at 1", "second at 1", "third at 1"], _log);
    }

    [Fact]
    public void Advance_APeriodicTimer_RunsOnceForEachPeriod()
    {
        using ITimer timer = _time.CreateTimer(_ => Log("tick"), null, s_second, 2 * s_second);

        _time.Advance(6 * s_second);

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _log);
        timer.Dispose();
        _time.Advance(10 * s_second);
        Assert.Equal(3, _log.Count);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void Advance_ATimerThatATimerStarts_RunsInTheSameAdvance()
    {
        _time.CreateTimer(_ => { Log("outer"); Timer("inner", 1); }, null, s_second, Timeout.InfiniteTimeSpan);

        _time.Advance(3 * s_second);

        Assert.Equal(["outer at 1", "inner at 2"], _log);
    }

    [Fact]
    public void Change_BeforeItIsDue_MovesIt()
    {
        ITimer timer = Timer("moved", 1);

        Assert.True(timer.Change(3 * s_second, Timeout.InfiniteTimeSpan));
        _time.Advance(2 * s_second);
        Assert.Empty(_log);
        _time.Advance(s_second);

        Assert.Equal(["moved at 3"], _log);
    }

    [Fact]
    public void Change_ToInfinite_StopsIt_AndItCanStartAgain()
    {
        ITimer timer = Timer("on", 1);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _time.Advance(5 * s_second);
        Assert.Equal(0, _time.PendingTimers);

        timer.Change(s_second, Timeout.InfiniteTimeSpan);
        _time.Advance(s_second);

        Assert.Equal(["on at 6"], _log);
    }

    [Fact]
    public void Change_AfterDispose_IsRefused()
    {
        ITimer timer = Timer("never", 1);
        timer.Dispose();

        Assert.False(timer.Change(s_second, s_second));
        _time.Advance(5 * s_second);

        Assert.Empty(_log);
    }

    [Fact]
    public void Advance_ATimerDisposesOfTheNext_TheNextDoesNotRun()
    {
        ITimer? victim = null;
        _time.CreateTimer(_ => victim!.Dispose(), null, s_second, Timeout.InfiniteTimeSpan);
        victim = Timer("victim", 1);

        _time.Advance(s_second);

        Assert.Empty(_log);
    }

    [Fact]
    public async Task CreateTimer_DueAtOnce_DoesNotWaitForAnAdvance()
    {
        TaskCompletionSource ran = new();
        using ITimer timer = _time.CreateTimer(_ => ran.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
    }

    [Fact]
    public void Advance_InATimer_IsPartOfTheOuterAdvance()
    {
        _time.CreateTimer(_ => _time.Advance(5 * s_second), null, s_second, Timeout.InfiniteTimeSpan);
        Timer("at 3", 3);

        _time.Advance(2 * s_second);

        Assert.Equal(["at 3 at 3"], _log);
        Assert.Equal(6 * s_second, _time.Elapsed);
    }

    [Fact]
    public async Task Advance_WhileAnotherThreadDoes_Throws()
    {
        InvalidOperationException? error = null;
        _time.CreateTimer(
            _ => error = Assert.Throws<InvalidOperationException>(
                () => RunOnAnotherThread(() => _time.Advance(s_second))),
            null,
            s_second,
            Timeout.InfiniteTimeSpan);

        await Task.Run(() => _time.Advance(s_second));

        Assert.Contains("One thread at a time", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_Backwards_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(-s_second));

    [Fact]
    public void Advance_ATimerThrows_TheTestHearsOfItAndTheTimeStandsThere()
    {
        _time.CreateTimer(_ => throw new FormatException("oops"), null, s_second, Timeout.InfiniteTimeSpan);
        Timer("after", 2);

        Assert.Throws<FormatException>(() => _time.Advance(3 * s_second));

        Assert.Equal(s_second, _time.Elapsed);
        _time.Advance(s_second);
        Assert.Equal(["after at 2"], _log);
    }

    [Fact]
    public void AdvanceToNextTimer_GoesToIt()
    {
        Timer("far", 3600);

        Assert.True(_time.AdvanceToNextTimer());
        Assert.Equal(["far at 3600"], _log);
        Assert.False(_time.AdvanceToNextTimer());
    }

    [Fact]
    public void CancelAfter_OfTheFramework_FollowsIt()
    {
        using CancellationTokenSource source = new(5 * s_second, _time);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(source.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void CreateTimer_TenThousandOfThem_StayInOrder()
    {
        Random random = new(7);
        List<int> order = [];
        for (int i = 0; i < 10_000; i++)
        {
            int due = random.Next(1, 1000);
            _time.CreateTimer(_ => order.Add(due), null, TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
        }

        _time.Advance(s_second);

        Assert.Equal(10_000, order.Count);
        Assert.Equal(order.Order(), order);
    }

    private static void RunOnAnotherThread(Action action)
    {
        Exception? error = null;
        Thread thread = new(() =>
        {
            try
            {
                action();
            }
            catch (Exception caught)
            {
                error = caught;
            }
        });
        thread.Start();
        thread.Join();
        if (error != null)
            throw error;
    }

    private ITimer Timer(string name, int seconds) =>
        _time.CreateTimer(_ => Log(name), null, seconds * s_second, Timeout.InfiniteTimeSpan);

    private void Log(string name) => _log.Add($"{name} at {_time.Elapsed.TotalSeconds}");
}
