using Dispatcher.Actors.Composition;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>Row F7: clean, validate, store as composed stages.</summary>
public sealed class PipelineTests : PipelineTest
{
    [Fact]
    public async Task Run_AllComplete_EachItemComesOutOnceWithItsResult()
    {
        PipelineRun<int, string> run = Build(new Stages()).Run(Enumerable.Range(0, 100));

        List<PipelineItem<int, string>> items = await Soon(AllOf(run));

        AssertSums(run, items);
        Assert.All(items, item => Assert.Equal($"row {(item.Source * 10) + 1}", item.Outcome.GetResultOrThrow()));
        Assert.All(items, item => Assert.Equal("store", item.Stage));
        Assert.Equal(["clean", "validate", "store"], run.Snapshot().Stages.Select(stage => stage.Name));
        Assert.All(run.Snapshot().Stages, stage => Assert.Equal(100, stage.Ended.Completed));
    }

    [Fact]
    public async Task Run_ItemsFailInTheSecondStage_TheyNameItAndTheOthersComplete()
    {
        Stages stages = new() { IsBad = static row => row % 3 == 0 };
        PipelineRun<int, string> run = Build(stages).Run(Enumerable.Range(0, 30));

        List<PipelineItem<int, string>> items = await Soon(AllOf(run));

        AssertSums(run, items);
        Assert.Equal(new OutcomeTally(20, 10, 0, 0, 0, 0), run.Snapshot().Ended);
        Assert.All(items.Where(item => item.Source % 3 == 0), item =>
        {
            Assert.Equal("validate", item.Stage);
            Failed failed = Assert.IsType<Failed>(item.Outcome.Detail);
            Assert.Equal($"row {item.Source}", Assert.IsType<FormatException>(failed.Error).Message);
        });
        Assert.Equal(20, stages.Storing.Calls);
    }

    [Fact]
    public async Task Run_StagesOnDifferentPools_EachRunsItsOwn()
    {
        Stages stages = new();
        ITaskDispatcher cleaners = Start(d => stages.AddTo(d.Workers(1)), name: "cleaners");
        ITaskDispatcher validators = Start(d => stages.AddTo(d.Workers(2)), name: "validators");
        ITaskDispatcher stores = Start(d => stages.AddTo(d.Workers(3)), name: "stores");

        PipelineSnapshot end = await Soon(Build(cleaners, validators, stores, Small).Run(Enumerable.Range(0, 50)).RunToEndAsync());

        Assert.Equal(50, end.Ended.Completed);
        foreach (ITaskDispatcher pool in new[] { cleaners, validators, stores })
        {
            AwaitPool(pool, s => s.Completed == 50);
            Assert.Equal(50, pool.Snapshot().Submitted);
        }
    }

    [Fact]
    public async Task Run_PreserveOrder_ALateItemHoldsUpThoseBehindIt()
    {
        Stages stages = new();
        stages.Validating.Close(0);
        PipelineRun<int, string> run = Build(stages).Run(Enumerable.Range(0, 20), new PipelineOptions { PreserveOrder = true });
        IAsyncEnumerator<PipelineItem<int, string>> items = run.GetAsyncEnumerator();
        Task<bool> first = items.MoveNextAsync().AsTask();

        // One behind it has ended, and there it stays: the stage holds two.
        AwaitCondition(() => run.Snapshot().Stages[1] is { Ended.Completed: 1, Running: 1, Buffered: 2 });
        Assert.False(first.IsCompleted);
        Assert.Equal(0, stages.Storing.Calls);

        stages.Validating.Open(0);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await Soon(i == 0 ? first : items.MoveNextAsync().AsTask()));
            Assert.Equal(i, items.Current.Index);
        }

        Assert.False(await items.MoveNextAsync());
    }

    [Fact]
    public async Task Run_PreserveOrder_AFailedItemKeepsItsPlace()
    {
        Stages stages = new() { IsBad = static row => row == 3 };

        List<PipelineItem<int, string>> items =
            await Soon(AllOf(Build(stages).Run(Enumerable.Range(0, 8), new PipelineOptions { PreserveOrder = true })));

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], items.Select(item => item.Index));
        Assert.Equal("validate", items[3].Stage);
    }

    [Fact]
    public async Task Run_AsTheyEnd_OthersOvertakeALateItem()
    {
        Stages stages = new();
        stages.Validating.Close(0);
        PipelineRun<int, string> run = Build(stages).Run(Enumerable.Range(0, 20));
        IAsyncEnumerator<PipelineItem<int, string>> items = run.GetAsyncEnumerator();
        List<long> order = [];
        for (int i = 0; i < 19; i++)
        {
            Assert.True(await Soon(items.MoveNextAsync()));
            order.Add(items.Current.Index);
        }

        Assert.DoesNotContain(0, order);
        stages.Validating.Open(0);
        Assert.True(await Soon(items.MoveNextAsync()));
        Assert.Equal(0, items.Current.Index);
        Assert.False(await items.MoveNextAsync());
    }

    [Fact]
    public async Task Run_TheFunctionOfAStageThrows_IsThatItemsFailure()
    {
        ITaskDispatcher pool = Start(d => new Stages().AddTo(d));
        Pipeline<int, int> pipeline = Pipeline
            .Start("clean", pool, (int row) => new Clean(row))
            .Then("validate", pool, row => row == 10 ? throw new NotSupportedException("ten") : row == 20 ? null! : new Validate(row));

        List<PipelineItem<int, int>> items = [];
        await foreach (PipelineItem<int, int> item in pipeline.Run(Enumerable.Range(0, 4), new PipelineOptions { PreserveOrder = true }))
            items.Add(item);

        Assert.Equal(
            [OutcomeKind.Completed, OutcomeKind.Failed, OutcomeKind.Failed, OutcomeKind.Completed], items.Select(item => item.Outcome.Kind));
        Assert.Equal("ten", Assert.IsType<Failed>(items[1].Outcome.Detail).Error.Message);
        Assert.Contains("Stage 'validate' has no task for item 2", Assert.IsType<Failed>(items[2].Outcome.Detail).Error.Message);
    }

    [Fact]
    public async Task Run_OptionsOfEachTask_ReachTheHandler()
    {
        List<string?> keys = [];
        ITaskDispatcher pool = Start(d => d.Workers(1).Handle<Clean, int>((task, context) =>
        {
            keys.Add($"{context.Key} {context.Tenant}");
            return new ValueTask<int>(task.Row);
        }));
        Pipeline<int, int> pipeline = Pipeline.Start(
            "clean",
            pool,
            (int row) => new Clean(row),
            row => row == 1 ? null : new TaskOptions { Tenant = $"tenant-{row}" },
            new StageOptions { Concurrency = 1, Task = new TaskOptions { Tenant = "stage" } });

        await Soon(pipeline.Run(Enumerable.Range(0, 3)).RunToEndAsync());

        Assert.Equal([" tenant-0", " stage", " tenant-2"], keys);
    }

    [Fact]
    public async Task Run_OneDescription_CanRunTwiceAtOnce()
    {
        Pipeline<int, string> pipeline = Build(new Stages());

        PipelineSnapshot[] ends = await Task.WhenAll(
            Soon(pipeline.Run(Enumerable.Range(0, 200)).RunToEndAsync()), Soon(pipeline.Run(Enumerable.Range(0, 300)).RunToEndAsync()));

        Assert.Equal([200, 300], ends.Select(end => end.Ended.Completed));
    }

    [Fact]
    public async Task Run_EmptySource_EndsAtOnce()
    {
        PipelineSnapshot end = await Soon(Build(new Stages()).Run([]).RunToEndAsync());

        Assert.Equal(0, end.Read);
    }

    [Fact]
    public async Task Run_PoolThatStopped_EveryItemIsRejected()
    {
        Pipeline<int, string> pipeline = Build(new Stages());
        await Soon(Task.Run(async () => { await Sys.Terminate(); return 0; }));

        List<PipelineItem<int, string>> items = await Soon(AllOf(pipeline.Run(Enumerable.Range(0, 5))));

        Assert.All(items, item => Assert.Equal(RejectReason.Stopped, Assert.IsType<Rejected>(item.Outcome.Detail).Reason));
        Assert.All(items, item => Assert.Equal("clean", item.Stage));
    }
}
