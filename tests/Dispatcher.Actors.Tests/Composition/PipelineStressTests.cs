using Dispatcher.Actors.Composition;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>The sums and the bounds of a pipeline under real threads, faults and a cancel in the middle.</summary>
public sealed class PipelineStressTests : PipelineTest
{
    private const int Rows = 20_000;
    private static readonly StageOptions s_wide = new() { Concurrency = 8, Buffer = 4, MaxRefusals = 0 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ManyRowsWithFaults_NothingIsLostAndTheBoundsHold(bool preserveOrder)
    {
        Stages stages = new() { IsBad = static row => row % 97 == 0 };
        PipelineRun<int, string> run = Build(stages, s_wide).Run(
            Enumerable.Range(0, Rows), new PipelineOptions { PreserveOrder = preserveOrder });
        List<PipelineItem<int, string>> items = [];

        await foreach (PipelineItem<int, string> item in run)
        {
            items.Add(item);
            PipelineSnapshot now = run.Snapshot();
            Assert.True(now.Inside <= run.Capacity, $"{now.Inside} inside, {run.Capacity} are the bound");
            Assert.All(now.Stages, stage => Assert.True(stage is { Buffered: <= 4, Running: <= 8 }, $"{stage}"));
        }

        AssertSums(run, items);
        int bad = (Rows + 96) / 97;
        Assert.Equal(new OutcomeTally(Rows - bad, bad, 0, 0, 0, 0), run.Snapshot().Ended);
        if (preserveOrder)
            Assert.Equal(Enumerable.Range(0, Rows), items.Select(item => item.Source));
        Assert.All(
            new[] { stages.Cleaning, stages.Validating, stages.Storing }, stage => Assert.InRange(stage.MostRunning, 1, 8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Run_CancelledAnywhere_EveryRowThatWasReadHasOneOutcome(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            int cut = random.Next(0, 400);
            using CancellationTokenSource cancel = new();
            Stages stages = new();
            ITaskDispatcher pool = Start(stages.AddTo, name: $"pool-{round}");
            CountedSource source = new(500);
            PipelineRun<int, string> run = Build(pool, pool, pool, s_wide)
                .Run(source, new PipelineOptions { PreserveOrder = random.Next(2) == 0, FailFast = random.Next(2) == 0 }, cancel.Token);
            List<PipelineItem<int, string>> items = [];
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (PipelineItem<int, string> item in run)
                {
                    items.Add(item);
                    if (items.Count > cut)
                        cancel.Cancel();
                }
            });

            AssertSums(run, items);
            Assert.Equal(source.Read, items.Count);
            AwaitPool(pool, s => s.Submitted == s.Ended);
        }
    }
}
