using Dispatcher.Actors.Composition;
using Dispatcher.Actors.Tests.Composition;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>F7, pipeline of stages: clean -> validate -> store as composed stages with bounded buffers, cancellation and back-pressure.</summary>
public sealed class RowF7Tests : PipelineTest
{
    // Three stages with two at work and two in the buffer each, and one that waits at the door.
    private const int Full = (3 * (2 + 2)) + 1;

    [Fact]
    public async Task Pipeline_CleanValidateStore_StoresTheValidRowsAndSaysWhatIsWrongWithTheOthers()
    {
        Stages stages = new() { IsBad = static row => row % 100 == 99 };

        List<PipelineItem<int, string>> items = await Soon(AllOf(Build(stages).Run(Enumerable.Range(0, 1000))));

        Assert.Equal(990, items.Count(item => item.Outcome.IsCompleted && item.Stage == "store"));
        Assert.Equal(10, items.Count(item => item.Outcome.Detail is Failed { Error: FormatException } && item.Stage == "validate"));
        Assert.Equal(990, stages.Storing.Calls);
    }

    [Fact]
    public async Task Pipeline_StoreStalls_TheSourceStopsAtTheBoundAndLosesNothing()
    {
        Stages stages = new();
        stages.Storing.CloseAll();
        CountedSource source = new(1000);
        PipelineRun<int, string> run = Build(stages).Run(source);
        Task<List<PipelineItem<int, string>>> items = AllOf(run);
        AwaitCondition(() => source.Read == Full && run.Snapshot().Stages.All(stage => stage.Buffered == 2));

        stages.Storing.OpenAll();

        AssertSums(run, await Soon(items));
        Assert.Equal(1000, run.Snapshot().Ended.Completed);
    }

    [Fact]
    public async Task Pipeline_IsCancelledWhileStoreStalls_EveryRowThatWasReadHasItsOutcome()
    {
        Stages stages = new();
        stages.Storing.CloseAll();
        CountedSource source = new(1000);
        using CancellationTokenSource cancel = new();
        PipelineRun<int, string> run = Build(stages).Run(source, null, cancel.Token);
        Task<PipelineSnapshot> end = Task.Run(() => run.RunToEndAsync());
        AwaitCondition(() => source.Read == Full && stages.Storing.Running == 2);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(end));
        Assert.Equal((Full, Full, 0L), (source.Read, (int)run.Snapshot().Ended.Total, run.Snapshot().Inside));
        Assert.Equal(Full, run.Snapshot().Ended.Cancelled);
    }
}
