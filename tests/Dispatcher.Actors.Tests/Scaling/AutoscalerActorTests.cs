using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Tests.Telemetry;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scaling;

/// <summary>The autoscaler of a real pool in virtual time: tasks of a second, 20 at once, of which those that have ended are followed by as many.</summary>
public sealed class AutoscalerActorTests : DispatcherTestKit
{
    private const int AtOnce = 20;

    private readonly Lines _lines = new();
    private TestPool _pool = null!;
    private Readings? _readings;
    private TaskCompletionSource _end = new();
    private int _begun;

    [Fact]
    public async Task Tick_BusyThenNoTraffic_GrowsAndReachesTheMinimumByItself()
    {
        Start(min: 2, max: 64);
        await SecondsAsync(10);
        int size = _pool.Dispatcher.GetScalingDecisions()[^1].To;
        Assert.InRange(size, 8, 40);
        await _pool.AwaitAsync(pool => pool.WorkersIdle + pool.WorkersBusy == size);
        Release();
        await _pool.AwaitAsync(static pool => pool.Completed == pool.Submitted);
        // Second by second: a tick that comes late decides by the time at which it comes.
        for (int second = 0; second < 60; second++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await SettleAsync();
        }

        await _pool.AwaitAsync(static pool => pool.WorkersIdle == 2);
        Assert.Equal(2, _pool.Dispatcher.GetScalingDecisions()[^1].To);
    }

    [Fact]
    public async Task Tick_Decision_IsLoggedPublishedAndCounted()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(ScalingDecided));
        Start(min: 2, max: 64);
        await SecondsAsync(1);
        ScalingDecided decided = ExpectMsg<ScalingDecided>();
        Assert.Equal((2, 4), (decided.From, decided.To));
        Assert.Equal(decided, Assert.Single(_pool.Dispatcher.GetScalingDecisions()));
        Assert.Contains($"Pool test: 2 -> 4 workers (slo, {decided.Rule}): {decided.Reason}", _lines.All);
        string[] attributes = ["dispatcher.pool.name=test", "dispatcher.policy=slo", $"dispatcher.rule={decided.Rule}", "dispatcher.direction=up"];
        Assert.Equal([1], _readings!.Recorded("dispatcher.scaling.decisions", attributes));
    }

    [Fact]
    public async Task Resize_WhileItScales_FixesTheSizeUntilResumed()
    {
        Start(min: 2, max: 64);
        await SettleAsync();
        _pool.Dispatcher.Resize(5);
        await _pool.AwaitAsync(static pool => pool.WorkersIdle == 5);
        await SecondsAsync(5);
        await _pool.AwaitAsync(static pool => pool.WorkersIdle + pool.WorkersBusy == 5);
        ScalingDecided decided = Assert.Single(_pool.Dispatcher.GetScalingDecisions());
        Assert.Equal((5, 5, ScalingRule.Pinned), (decided.From, decided.To, decided.Rule));
        _pool.Dispatcher.ResumeScaling();
        await SecondsAsync(1);
        Assert.Equal(10, _pool.Dispatcher.GetScalingDecisions()[^1].To);
    }

    [Fact]
    public async Task Tick_TargetBelowTheRunTime_IsWarnedOfOnce()
    {
        Start(min: 2, max: 64, targetWait: TimeSpan.FromMilliseconds(100));
        await SecondsAsync(5);
        Assert.Single(_lines.All, static line => line.StartsWith("Pool test: scaling.slo.target-wait = 100ms is below the mean run time of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pool_OfOneSize_HasNoAutoscaler()
    {
        StartWork(builder => builder.Workers(3));
        await _pool.AwaitAsync(static pool => pool.WorkersIdle == 3);
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(_pool.Dispatcher.GetScalingDecisions());
        Assert.Equal(0, Time.PendingTimers);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _readings?.Dispose();
    }

    private void Start(int min, int max, TimeSpan? targetWait = null)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(_lines)).AddMetrics();
        ServiceProvider provider = services.BuildServiceProvider();
        _readings = new Readings(provider.GetRequiredService<IMeterFactory>());
        StartWork(builder => builder.Scale(min, max, targetWait ?? TimeSpan.FromMilliseconds(500)), provider);
    }

    private void StartWork(Action<TaskDispatcherBuilder> configure, IServiceProvider? services = null) => _pool = StartPool(
        builder => configure(builder.Handle<Work, string>(async (_, _) =>
        {
            Task end = Volatile.Read(ref _end).Task;
            Interlocked.Increment(ref _begun);
            await end;
            return "";
        })),
        services: services);

    private async Task SecondsAsync(int seconds)
    {
        // The autoscaler's first second begins before the first task comes, and with all of the minimum at work.
        await _pool.AwaitAsync(static pool => pool.Phase == PoolPhase.Running);
        await SettleAsync();
        for (int second = 0; second < seconds; second++)
        {
            PoolSnapshot before = _pool.Dispatcher.Snapshot();
            for (int i = before.Queued + before.Running; i < AtOnce; i++)
                Assert.True(_pool.Dispatcher.TrySubmit(new Work("")));
            int running = Math.Min(AtOnce, before.WorkersIdle + before.WorkersBusy);
            await _pool.AwaitAsync(pool => Volatile.Read(ref _begun) == pool.Completed + running && pool.Running == running);
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await SettleAsync();
            int size = _pool.Dispatcher.GetScalingDecisions() is [.., var last] ? last.To : before.WorkersIdle + before.WorkersBusy;
            await _pool.AwaitAsync(pool => pool.WorkersIdle + pool.WorkersBusy == size);
            // Workers that have just come have taken tasks already.
            int now = Math.Min(AtOnce, size);
            await _pool.AwaitAsync(pool => Volatile.Read(ref _begun) == pool.Completed + now);
            Release();
            await _pool.AwaitAsync(pool => pool.Completed >= before.Completed + now);
        }
    }

    // Those that begin from now on are for the next second.
    private void Release() => Interlocked.Exchange(ref _end, new TaskCompletionSource()).SetResult();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
