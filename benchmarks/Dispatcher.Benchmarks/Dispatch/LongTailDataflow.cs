using System.Threading.Tasks.Dataflow;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A bounded block of TPL Dataflow.</summary>
internal sealed class LongTailDataflow : IContestant
{
    private readonly Arrivals _arrivals;
    private readonly ActionBlock<LongTailTask> _block;
    private long _done;

    public LongTailDataflow(Arrivals arrivals, int loops)
    {
        _arrivals = arrivals;
        _block = new ActionBlock<LongTailTask>(WorkAsync, new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = loops, BoundedCapacity = LongTailPool.Queue });
    }

    public Task RunAsync(Round round) => _arrivals.RunAsync(round, Submit, () => Volatile.Read(ref _done));

    private void Submit(LongTailTask task)
    {
        if (!_block.Post(task)) throw new InvalidOperationException("The block is full.");
    }

    private async Task WorkAsync(LongTailTask task)
    {
        await task.RunAsync(_arrivals);
        Interlocked.Increment(ref _done);
    }

    public async ValueTask DisposeAsync()
    {
        _block.Complete();
        await _block.Completion;
    }
}
