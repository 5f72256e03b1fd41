using Dispatcher.Actors.Composition;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>A test that runs the pipeline clean, validate, store.</summary>
public abstract class PipelineTest : PoolTest
{
    internal static readonly StageOptions Small = new() { Concurrency = 2, Buffer = 2 };

    private protected Pipeline<int, string> Build(Stages stages, StageOptions? options = null)
    {
        ITaskDispatcher pool = Start(d =>
        {
            stages.AddTo(d);
            d.Workers(2).Concurrency(64);
        });
        return Build(pool, pool, pool, options ?? Small);
    }

    private protected static Pipeline<int, string> Build(
        ITaskDispatcher cleaners, ITaskDispatcher validators, ITaskDispatcher stores, StageOptions options) =>
        Pipeline.Start("clean", cleaners, (int row) => new Clean(row), options)
            .Then("validate", validators, row => new Validate(row), options)
            .Then("store", stores, row => new Store(row), options);

    private protected static async Task<List<PipelineItem<int, string>>> AllOf(PipelineRun<int, string> run)
    {
        List<PipelineItem<int, string>> items = [];
        await foreach (PipelineItem<int, string> item in run)
            items.Add(item);
        return items;
    }

    /// <summary>Nothing lost, nothing twice, and the counts say so.</summary>
    private protected static void AssertSums(PipelineRun<int, string> run, List<PipelineItem<int, string>> items)
    {
        PipelineSnapshot end = run.Snapshot();
        Assert.Equal(end.Read, items.Count);
        Assert.Equal(end.Read, end.Ended.Total);
        Assert.Equal(0, end.Inside);
        Assert.Equal(Enumerable.Range(0, items.Count).Select(i => (long)i), items.Select(i => i.Index).Order());
        foreach (IGrouping<OutcomeKind, PipelineItem<int, string>> kind in items.GroupBy(i => i.Outcome.Kind))
            Assert.Equal(kind.Count(), Of(end.Ended, kind.Key));
        Assert.All(end.Stages, stage => Assert.Equal((0, 0), (stage.Buffered, stage.Running)));
    }

    private static long Of(OutcomeTally tally, OutcomeKind kind) => kind switch
    {
        OutcomeKind.Completed => tally.Completed,
        OutcomeKind.Failed => tally.Failed,
        OutcomeKind.Rejected => tally.Rejected,
        OutcomeKind.Expired => tally.Expired,
        OutcomeKind.Cancelled => tally.Cancelled,
        OutcomeKind.Abandoned => tally.Abandoned,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
