using Dispatcher.Actors.Composition;

namespace Dispatcher.Actors.Tests.Composition;

public sealed class PipelineBadInputTests : PipelineTest
{
    [Theory]
    [InlineData(0, 1, 0, "Stage 'clean': Concurrency is 0, allowed are 1 to 4096.")]
    [InlineData(4097, 1, 0, "Stage 'clean': Concurrency is 4097, allowed are 1 to 4096.")]
    [InlineData(1, 0, 0, "Stage 'clean': Buffer is 0, allowed are 1 to 65536.")]
    [InlineData(1, 1, -1, "Stage 'clean': MaxRefusals is -1, allowed are 0 to 1000.")]
    public void Start_BoundOutOfRange_NamesStageOptionAndRange(int concurrency, int buffer, int refusals, string message)
    {
        ITaskDispatcher pool = Start(d => new Stages().AddTo(d));
        StageOptions options = new() { Concurrency = concurrency, Buffer = buffer, MaxRefusals = refusals };

        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => Pipeline.Start("clean", pool, (int row) => new Clean(row), options));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputBufferOfZero_NamesTheRange()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Build(new Stages()).Run([1], new PipelineOptions { OutputBuffer = 0 }));

        Assert.StartsWith("Pipeline: OutputBuffer is 0, allowed are 1 to 65536.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Then_NameOfAnotherStage_IsRefused()
    {
        ITaskDispatcher pool = Start(d => new Stages().AddTo(d));
        Pipeline<int, int> pipeline = Pipeline.Start("clean", pool, (int row) => new Clean(row));

        ArgumentException error = Assert.Throws<ArgumentException>(() => pipeline.Then("clean", pool, row => new Validate(row)));

        Assert.Contains("a stage 'clean' already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NoName_IsRefused()
    {
        ITaskDispatcher pool = Start(d => new Stages().AddTo(d));

        Assert.Throws<ArgumentException>(() => Pipeline.Start("", pool, (int row) => new Clean(row)));
        Assert.Throws<ArgumentNullException>(() => Pipeline.Start("clean", null!, (int row) => new Clean(row)));
    }

    [Fact]
    public async Task Run_EnumeratedTwice_Throws()
    {
        PipelineRun<int, string> run = Build(new Stages()).Run(Enumerable.Range(0, 3));
        await Soon(run.RunToEndAsync());

        Assert.Throws<InvalidOperationException>(() => run.GetAsyncEnumerator());
    }
}
