using Dispatcher.Actors.Composition;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>Row F7: bounds, back-pressure, cancellation, ends.</summary>
public sealed class PipelineFlowTests : PipelineTest
{
    private const int Endless = int.MaxValue;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ASlowStage_SlowsTheSourceAtTheExactBound(bool preserveOrder)
    {
        Stages stages = new();
        stages.Storing.CloseAll();
        CountedSource source = new(1000);
        PipelineRun<int, string> run = Build(stages).Run(source, new PipelineOptions { PreserveOrder = preserveOrder, OutputBuffer = 5 });
        Task<List<PipelineItem<int, string>>> items = AllOf(run);

        // Three stages of two and buffers of two, and one that waits at the door; the output is empty.
        const int Full = (3 * (2 + 2)) + 1;
        AwaitCondition(() => source.Read == Full && run.Snapshot().Stages.All(stage => stage.Buffered == 2) && stages.Storing.Running == 2);
        Assert.Equal(Full + 5, run.Capacity);
        Assert.Equal(Full, run.Snapshot().Inside);
        Assert.Equal(Full, source.Read);

        stages.Storing.OpenAll();
        AssertSums(run, await Soon(items));
        Assert.Equal(1000, run.Snapshot().Ended.Completed);
        Assert.Equal(2, stages.Storing.MostRunning);
    }

    [Fact]
    public async Task Run_ASlowReader_SlowsTheSource()
    {
        CountedSource source = new(Endless);
        PipelineRun<int, string> run = Build(new Stages()).Run(source, new PipelineOptions { OutputBuffer = 3 });
        IAsyncEnumerator<PipelineItem<int, string>> items = run.GetAsyncEnumerator();
        Assert.True(await Soon(items.MoveNextAsync()));

        AwaitCondition(() => run.Snapshot().Inside == run.Capacity);
        Assert.Equal(run.Capacity + 1, source.Read);

        await items.DisposeAsync();
        Assert.Equal(source.Read, run.Snapshot().Ended.Total);
    }

    [Fact]
    public async Task Run_Cancelled_WhatIsInsideComesOutAndTheRestIsNotRead()
    {
        Stages stages = new();
        stages.Storing.CloseAll();
        CountedSource source = new(Endless);
        using CancellationTokenSource cancel = new();
        PipelineRun<int, string> run = Build(stages).Run(source, null, cancel.Token);
        List<PipelineItem<int, string>> items = [];
        Task reading = Task.Run(async () =>
        {
            await foreach (PipelineItem<int, string> item in run)
                items.Add(item);
        });
        AwaitCondition(() => stages.Storing.Running == 2 && source.Read == 13);

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(13, source.Read);
        Assert.True(source.Disposed.IsCompletedSuccessfully);
        AssertSums(run, items);
        Assert.All(items, item => Assert.Equal(new Cancelled("caller"), item.Outcome.Detail));
        Assert.Contains(items, item => item.Stage == "clean");
        Assert.Contains(items, item => item.Stage == "store");
    }

    [Fact]
    public async Task Run_TokenOfTheEnumerationCancelled_IsTheSame()
    {
        Stages stages = new();
        stages.Cleaning.CloseAll();
        using CancellationTokenSource cancel = new();
        PipelineRun<int, string> run = Build(stages).Run(new CountedSource(Endless));
        Task end = run.RunToEndAsync(cancel.Token);
        AwaitCondition(() => stages.Cleaning.Running == 2);

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(run.Snapshot().Read, run.Snapshot().Ended.Cancelled);
    }

    [Fact]
    public async Task Run_CancelledBeforeItBegins_ReadsNothing()
    {
        CountedSource source = new(5);
        PipelineRun<int, string> run = Build(new Stages()).Run(source, null, new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(run.RunToEndAsync()));

        Assert.Equal(0, source.Read);
        Assert.True(source.Disposed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Run_TheReaderLeaves_NothingRunsOnAfterIt()
    {
        Stages stages = new();
        stages.Storing.Close(3);
        CountedSource source = new(Endless);
        PipelineRun<int, string> run = Build(stages).Run(source);

        await foreach (PipelineItem<int, string> item in run)
        {
            if (item.Index == 2)
                break;
        }

        PipelineSnapshot end = run.Snapshot();
        Assert.Equal(0, end.Inside);
        Assert.Equal(source.Read, end.Ended.Total);
        Assert.True(source.Disposed.IsCompletedSuccessfully);
        Assert.Equal((0, 0, 0), (stages.Cleaning.Running, stages.Validating.Running, stages.Storing.Running));
    }

    [Fact]
    public async Task StopReading_WhatWasReadCompletes_AndTheRunEndsQuietly()
    {
        Stages stages = new();
        stages.Storing.CloseAll();
        CountedSource source = new(Endless);
        PipelineRun<int, string> run = Build(stages).Run(source);
        Task<List<PipelineItem<int, string>>> items = AllOf(run);
        AwaitCondition(() => source.Read == 13 && stages.Storing.Running == 2);

        run.StopReading();
        stages.Storing.OpenAll();

        AssertSums(run, await Soon(items));
        Assert.Equal(13, source.Read);
        Assert.Equal(13, run.Snapshot().Ended.Completed);
    }

    [Fact]
    public async Task StopReading_TheSourceIsDeaf_IsNotWaitedForAndStillDisposedOf()
    {
        CountedSource source = new(Endless) { StuckAt = 4 };
        PipelineRun<int, string> run = Build(new Stages()).Run(source);
        Task<List<PipelineItem<int, string>>> items = AllOf(run);
        AwaitCondition(() => run.Snapshot().Ended.Total == 4);

        run.StopReading();

        AssertSums(run, await Soon(items));
        Assert.False(source.Disposed.IsCompleted);
        source.Unstick();
        await source.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Run_TheSourceThrows_AfterAllThatItGave()
    {
        PipelineRun<int, string> run = Build(new Stages()).Run(new CountedSource(30) { Error = new IOException("unplugged") });
        List<PipelineItem<int, string>> items = [];

        IOException error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (PipelineItem<int, string> item in run)
                items.Add(item);
        });

        Assert.Equal("unplugged", error.Message);
        AssertSums(run, items);
        Assert.Equal(30, run.Snapshot().Ended.Completed);
    }

    [Fact]
    public async Task Run_FailFast_TheFirstFailureEndsTheRun()
    {
        Stages stages = new() { IsBad = static row => row == 2 };
        stages.Storing.CloseAll();
        CountedSource source = new(Endless);
        PipelineRun<int, string> run = Build(stages).Run(source, new PipelineOptions { FailFast = true });

        List<PipelineItem<int, string>> items = await Soon(AllOf(run));

        AssertSums(run, items);
        Assert.Equal("validate", Assert.Single(items, item => item.Outcome.Kind == OutcomeKind.Failed).Stage);
        Assert.All(
            items.Where(item => item.Index != 2),
            item => Assert.Equal(new Cancelled("fail fast: item 2 ended in 'validate' as Failed"), item.Outcome.Detail));
        Assert.InRange(source.Read, 3, run.Capacity);
    }

    [Fact]
    public async Task Run_PoolWithTooSmallAQueue_ItsRefusalsSlowTheStageAndLoseNothing()
    {
        Stages stages = new();
        stages.Cleaning.CloseAll();
        ITaskDispatcher pool = Start(d =>
        {
            stages.AddTo(d);
            d.Workers(1).Queue(1).Set("queue.retry-after", TimeSpan.FromMilliseconds(1));
        });
        StageOptions many = new() { Concurrency = 16, MaxRefusals = 1000 };
        Task<PipelineSnapshot> end = Build(pool, pool, pool, many).Run(Enumerable.Range(0, 200)).RunToEndAsync();
        AwaitPool(pool, s => s.RejectedBy.GetValueOrDefault(RejectReason.QueueFull) >= 14);

        stages.Cleaning.OpenAll();

        Assert.Equal(200, (await Soon(end)).Ended.Completed);
    }

    [Fact]
    public async Task Run_NoRefusalAllowed_ARefusalIsTheItemsOutcome()
    {
        Stages stages = new();
        stages.Cleaning.CloseAll();
        ITaskDispatcher small = Start(d =>
        {
            stages.AddTo(d);
            d.Workers(1).Queue(1);
        });
        ITaskDispatcher large = Start(stages.AddTo, name: "large");
        StageOptions many = new() { Concurrency = 16, MaxRefusals = 0 };
        PipelineRun<int, string> run = Build(small, large, large, many).Run(Enumerable.Range(0, 16));
        Task<List<PipelineItem<int, string>>> items = AllOf(run);
        AwaitPool(small, s => s.Running == 1 && s.Submitted == 16);

        stages.Cleaning.OpenAll();

        List<PipelineItem<int, string>> all = await Soon(items);
        AssertSums(run, all);
        // One in the handler, and one in the queue if the worker had made room before the last one came.
        PipelineSnapshot end = run.Snapshot();
        Assert.InRange(end.Ended.Rejected, 14, 15);
        Assert.Equal(16, end.Ended.Rejected + end.Ended.Completed);
        Assert.All(all.Where(item => !item.Outcome.IsCompleted), item => Assert.Equal("clean", item.Stage));
    }
}
