using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>Loggers and listeners that throw: tasks keep their outcomes, loops go on, and it is counted.</summary>
[Collection(Alone.Name)]
public sealed class FaultyWatchersTests : DispatcherTestKit
{
    private readonly ThrowingLogger _logger = new();
    private readonly ServiceProvider _services;
    private readonly Readings _readings;

    public FaultyWatchersTests()
    {
        _services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_logger)).AddMetrics().BuildServiceProvider();
        _readings = new Readings(Factory);
    }

    private IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    [Fact]
    public async Task RunAsync_LoggerThrows_EveryTaskHasItsOutcome()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Work, string>(Work.HandleDeafAsync).Handle<Throw, int>((task, _) => throw task.Error!), services: _services).Dispatcher;
        Assert.Equal(OutcomeKind.Failed, (await pool.RunAsync(new Throw(new IOException()))).Kind);
        Work stuck = new("a");
        TaskHandle<string> handle = await pool.SubmitAsync(stuck);
        await stuck.Started;
        handle.TryCancel("test");
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        // It is the sweep that gives it up and logs so: a sweep that ended there would end no other task either.
        Assert.Equal(OutcomeKind.Abandoned, (await handle.Outcome).Kind);
        Assert.Equal(OutcomeKind.Expired, (await pool.RunAsync(new Work("late"), new TaskOptions { Deadline = TimeSpan.Zero })).Kind);
        stuck.Finish();
        Assert.InRange(_logger.Lines, 3, int.MaxValue);
        Assert.Equal(_logger.Lines, _readings.Read("dispatcher.telemetry.faults", "sink=log"));
    }

    [Fact]
    public async Task RunAsync_ListenersThrow_EveryTaskHasItsOutcome()
    {
        using MeterListener meters = ThrowingMeterListener();
        using ActivityListener spans = new()
        {
            ShouldListenTo = static source => source.Name == "Dispatcher.Actors",
            Sample = static (ref ActivityCreationOptions<ActivityContext> span) => span.Name == "process Work" ? throw new IOException("spans") : ActivitySamplingResult.AllData,
            ActivityStopped = static _ => throw new IOException("spans"),
        };
        ActivitySource.AddActivityListener(spans);
        using ThrowingEventListener events = new();
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Work, string>((_, _) => new("x")).Handle<Throw, int>((task, _) => throw task.Error!), services: _services).Dispatcher;
        Activity? before = Activity.Current;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(OutcomeKind.Failed, (await pool.RunAsync(new Throw(new IOException()))).Kind);
            Assert.Equal(OutcomeKind.Completed, (await pool.RunAsync(new Work("a"))).Kind);
        }

        Assert.Same(before, Activity.Current);
        foreach (string sink in new[] { "metrics", "spans" })
            Assert.True(_readings.Read("dispatcher.telemetry.faults", $"sink={sink}") > 0, sink);
    }

    [Fact]
    public async Task Scaling_WatchersThrow_GoesOnAndTellsOfEachDecision()
    {
        using MeterListener meters = ThrowingMeterListener();
        Sys.EventStream.Subscribe(TestActor, typeof(ScalingDecided));
        TestPool pool = StartPool(d => d.Scale(1, 4, TimeSpan.FromMilliseconds(500)).Handle<Work, string>(Work.HandleAsync), services: _services);
        await pool.AwaitAsync(static now => now.Phase == PoolPhase.Running);
        Work[] tasks = [.. Enumerable.Range(0, 20).Select(static i => new Work($"{i}"))];
        foreach (Work task in tasks)
            pool.Dispatcher.TrySubmit(task);
        for (int size = 1; size < 4;)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            IReadOnlyList<ScalingDecided> decisions = pool.Dispatcher.GetScalingDecisions();
            size = decisions is [.., var last] ? last.To : 1;
        }

        foreach (ScalingDecided decided in pool.Dispatcher.GetScalingDecisions())
            Assert.Equal(decided, ExpectMsg<ScalingDecided>());
        Assert.True(pool.Dispatcher.GetScalingDecisions().Count > 1);
        foreach (Work task in tasks)
            task.Finish();
        await pool.AwaitAsync(static now => now.Completed == 20);
    }

    [Fact]
    public async Task RollOut_LoggerThrows_IsCutOffAndTold()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(RollOutDecided));
        ITaskDispatcher pool = StartPool(
            static d => d.Workers(1).Handle<Throw, int>((_, _) => new(1)).RollOut<Throw, int>(static (_, _) => throw new InvalidOperationException(), 0.5),
            services: _services).Dispatcher;
        int failed = 0;
        for (int i = 0; i < 400; i++)
            failed += (await pool.RunAsync(new Throw(null))).Kind == OutcomeKind.Failed ? 1 : 0;
        Assert.Equal(0, ExpectMsg<RollOutDecided>().ToShare);
        Assert.Equal(failed, pool.Snapshot().Failed);
        Assert.Equal(RollOutPhase.CutOff, Assert.Single(pool.GetRollOuts()).Snapshot().Phase);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _readings.Dispose();
        _services.Dispose();
    }

    private MeterListener ThrowingMeterListener()
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (!instrument.IsObservable && ReferenceEquals(instrument.Meter.Scope, Factory))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new IOException("metrics"));
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new IOException("metrics"));
        listener.Start();
        return listener;
    }

    private sealed class ThrowingEventListener : EventListener
    {
        public ThrowingEventListener() => EnableEvents(DispatcherEvents.Source, EventLevel.Informational);

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => throw new IOException("events");
    }

    private sealed record Throw(Exception? Error) : ITask<int>;
}
