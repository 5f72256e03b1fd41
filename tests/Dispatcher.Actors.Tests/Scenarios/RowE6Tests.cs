using Akka.Configuration;
using Dispatcher.Actors.Diagnosis;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Diagnosis;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row E6, leak diagnosis (articles 0/4.2, 3/4.2, 4/5): tasks that never end, growing queues and growing heaps are found and named within 90 s; GC, heap and
/// thread-pool figures are served.
/// </summary>
public sealed class RowE6Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    private readonly FakeRuntime _process = new();
    private readonly LogRecorder _log = new();
    private readonly ServiceProvider _services;

    public RowE6Tests()
        : base(config: ConfigurationFactory.ParseString("dispatcher.diagnosis.every = 5s")) =>
        _services = new ServiceCollection().AddSingleton<IRuntimeSource>(_process).AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();

    [Fact]
    public async Task TaskThatNeverEnds_IsNamedWithItsTypeWorkerAndTimeAndEndsWithIt()
    {
        ITaskDispatcher pool = Start(d => d.Workers(10).Handle<Work, string>(Work.HandleAsync).Handle<Quick, int>((_, _) => new ValueTask<int>(1)));
        DateTimeOffset start = Time.GetUtcNow();
        Work stuck = new("a");
        TaskHandle<string> handle = await pool.SubmitAsync(stuck);
        await stuck.Started;
        await AdvanceAsync(s_limit);
        Finding finding = ExpectMsg<FindingBegan>().Finding;
        Assert.Equal((FindingKind.TaskNeverEnds, "pool test, Work"), (finding.Kind, finding.Where));
        Assert.InRange(finding.FoundAt - start, TimeSpan.FromSeconds(60), s_limit);
        Assert.InRange(finding.Since - start, TimeSpan.Zero, s_look);
        Assert.StartsWith($"1 task(s) over 60 s, the oldest is {handle.Id} in worker ", finding.Evidence, StringComparison.Ordinal);
        // The rest of the pool goes on, and nothing of it is named.
        Assert.Equal(1, (await pool.RunAsync(new Quick())).GetResultOrThrow());
        Assert.Single(Sys.GetTaskDiagnosis().GetFindings());
        stuck.Finish();
        await handle.Outcome;
        await AdvanceAsync(s_look);
        Assert.Equal(Time.GetUtcNow(), ExpectMsg<FindingEnded>().Finding.EndedAt);
        Assert.NotNull(Assert.Single(Sys.GetTaskDiagnosis().GetFindings()).EndedAt);
    }

    [Fact]
    public async Task TaskThatRunsTenTimesTheP99OfItsType_IsNamedByThat()
    {
        ITaskDispatcher pool = Start(d => d.Workers(2).Handle<Work, string>(Work.HandleAsync));
        for (int i = 0; i < 20; i++)
        {
            Work work = new($"{i}");
            Task<TaskOutcome<string>> outcome = pool.RunAsync(work).AsTask();
            await work.Started;
            await AdvanceAsync(TimeSpan.FromSeconds(2));
            work.Finish();
            await outcome;
        }

        Work slow = new("slow");
        Task<TaskOutcome<string>> last = pool.RunAsync(slow).AsTask();
        await slow.Started;
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        string evidence = ExpectMsg<FindingBegan>().Finding.Evidence;
        // To within the histogram's error.
        Assert.EndsWith("99 of 100 of the 20 before took at most 2.005 s", evidence, StringComparison.Ordinal);
        slow.Finish();
        await last;
    }

    [Fact]
    public async Task HandlerPastItsGrace_IsNamedUntilItComesBack()
    {
        ITaskDispatcher pool = Start(d => d.Workers(2).Handle<Work, string>(Work.HandleDeafAsync));
        Work deaf = new("a");
        TaskHandle<string> handle = await pool.SubmitAsync(deaf);
        await deaf.Started;
        handle.TryCancel("test");
        await AdvanceAsync(TimeSpan.FromSeconds(15));
        Finding finding = ExpectMsg<FindingBegan>().Finding;
        Assert.Equal((FindingKind.HandlerStuck, "pool test, Work"), (finding.Kind, finding.Where));
        Assert.StartsWith($"1 handler(s) went on past their grace, one with {handle.Id} in worker ", finding.Evidence, StringComparison.Ordinal);
        deaf.Finish();
        await Pools[0].AwaitAsync(static snapshot => snapshot.Stuck == 0);
        await AdvanceAsync(s_look);
        Assert.Equal(FindingKind.HandlerStuck, ExpectMsg<FindingEnded>().Finding.Kind);
    }

    [Fact]
    public async Task QueueThatGrows_IsNamedWithItsDepthAndAgeAndEndsWhenItIsServed()
    {
        ITaskDispatcher pool = Start(d => d.Workers(1).Queue(1000).Handle<Work, string>(Work.HandleAsync));
        DateTimeOffset start = Time.GetUtcNow();
        List<Work> works = [];
        for (int second = 0; second < 60; second++)
        {
            works.Add(new Work($"{second}"));
            pool.TrySubmit(works[^1]);
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Finding finding = ExpectMsg<FindingBegan>().Finding;
        Assert.Equal((FindingKind.QueueGrows, "pool test"), (finding.Kind, finding.Where));
        Assert.InRange(finding.FoundAt - start, s_look, s_limit);
        Assert.Contains("30 came and 1 were started; 1 run in 1 worker(s)", finding.Evidence, StringComparison.Ordinal);
        works.ForEach(static work => work.Finish());
        await Pools[0].AwaitAsync(static snapshot => snapshot is { Queued: 0, Running: 0 });
        await AdvanceAsync(s_look);
        Assert.Equal(FindingKind.QueueGrows, ExpectMsg<FindingEnded>().Finding.Kind);
    }

    [Fact]
    public async Task HeapThatGrows_AndStarvedThreads_AreNamedWithin90Seconds()
    {
        Start(d => d.Handle<Quick, int>((_, _) => new ValueTask<int>(1)));
        DateTimeOffset start = Time.GetUtcNow();
        _process.LeakPerLook = 50L * 1024 * 1024;
        _process.Reading = _process.Reading with { WaitForThread = TimeSpan.FromSeconds(4), PendingWork = 1234 };
        await AdvanceAsync(s_limit);
        Finding[] findings = [ExpectMsg<FindingBegan>().Finding, ExpectMsg<FindingBegan>().Finding];
        Assert.Equal([FindingKind.ThreadsStarved, FindingKind.HeapGrows], findings.Select(finding => finding.Kind));
        Assert.All(findings, finding => Assert.InRange(finding.FoundAt - start, TimeSpan.Zero, s_limit));
        Assert.Contains("1234 work items wait", findings[0].Evidence, StringComparison.Ordinal);
        Assert.Contains("MiB live", findings[1].Evidence, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(4), Sys.GetTaskDiagnosis().GetRuntime().WaitForThread);
        _process.LeakPerLook = null;
        _process.Reading = _process.Reading with { WaitForThread = TimeSpan.Zero, FullCollections = 99, LiveBytes = 1 };
        await AdvanceAsync(s_look);
        FindingKind[] ended = [ExpectMsg<FindingEnded>().Finding.Kind, ExpectMsg<FindingEnded>().Finding.Kind];
        Assert.Equal([FindingKind.ThreadsStarved, FindingKind.HeapGrows], ended.Order());
    }

    [Fact]
    public async Task Finding_IsAnAlertThatEndsWithIt()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        Start(d => d.Handle<Quick, int>((_, _) => new ValueTask<int>(1)));
        _process.Reading = _process.Reading with { WaitForThread = TimeSpan.FromSeconds(4) };
        await AdvanceAsync(s_look * 2);
        Alert raised = FishForMessage<Alert>(_ => true);
        Assert.Equal((AlertState.Raised, AlertLevel.P0, AlertEvent.ThreadsStarved), (raised.State, raised.Level, raised.Event));
        Assert.Equal(LogLevel.Critical, _log.Entries.Single(entry => entry.Id == 1101).Level);
        // It lasts: that is no news.
        await AdvanceAsync(TimeSpan.FromHours(1));
        _process.Reading = _process.Reading with { WaitForThread = TimeSpan.Zero };
        await AdvanceAsync(s_look);
        Assert.Equal(AlertState.Ended, FishForMessage<Alert>(_ => true).State);
        Assert.Equal([1101, 1103], _log.Entries.Where(entry => entry.Id is > 1100 and < 1200).Select(entry => entry.Id));
    }

    [Fact]
    public async Task HealthyPool_ForAnHour_NothingIsFound()
    {
        ITaskDispatcher pool = Start(d => d.Workers(2).Handle<Work, string>(Work.HandleAsync));
        for (int minute = 0; minute < 60; minute++)
        {
            Work work = new($"{minute}");
            Task<TaskOutcome<string>> outcome = pool.RunAsync(work).AsTask();
            await work.Started;
            await AdvanceAsync(TimeSpan.FromSeconds(50));
            work.Finish();
            await outcome;
            await AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        ExpectNoMsg(TimeSpan.Zero);
        Assert.Empty(Sys.GetTaskDiagnosis().GetFindings());
    }

    [Fact]
    public void Runtime_IsServedThoughNothingWasFound()
    {
        Start(d => d.Handle<Quick, int>((_, _) => new ValueTask<int>(1)));
        RuntimeSnapshot runtime = Sys.GetTaskDiagnosis().GetRuntime();
        Assert.Equal(Time.GetUtcNow(), runtime.At);
        Assert.True(runtime.AllocatedBytes > 0);
        Assert.True(runtime.TotalAllocatedBytes >= runtime.AllocatedBytes);
        Assert.Equal(3, runtime.Collections.Count);
        Assert.True(runtime.WorkingSetBytes > 0);
        Assert.True(runtime.MemoryLimitBytes > 0);
        Assert.True(runtime.Threads > 0);
        Assert.True(runtime.CompletedWork > 0);
        Assert.InRange(runtime.PausePercent, 0, 100);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _services.Dispose();
    }

    private ITaskDispatcher Start(Action<TaskDispatcherBuilder> configure)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(FindingBegan));
        Sys.EventStream.Subscribe(TestActor, typeof(FindingEnded));
        return StartPool(configure, services: _services).Dispatcher;
    }

    private sealed record Quick : ITask<int>;
}
