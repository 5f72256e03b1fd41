using System.Threading.Tasks.Dataflow;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>A bounded block of TPL Dataflow with pooled replies.</summary>
internal sealed class DataflowService : IContestant, IAnswer
{
    private readonly ActionBlock<PooledReply> _block;
    private readonly int _callers;

    private DataflowService(int loops, int callers)
    {
        _callers = callers;
        _block = new ActionBlock<PooledReply>(
            static reply => reply.Answer(reply.Question), new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = loops, BoundedCapacity = Math.Max(ChannelSink.Capacity, callers) });
    }

    public static Peer Peer(int loops, int callers) => new("dataflow", () => new DataflowService(loops, callers));

    public ValueTask<object> AskAsync(object question)
    {
        var reply = PooledReply.Take(question);
        return _block.Post(reply) ? reply.Task : WaitAndAskAsync(reply);
    }

    private async ValueTask<object> WaitAndAskAsync(PooledReply reply)
    {
        await _block.SendAsync(reply);
        return await reply.Task;
    }

    public Task RunAsync(Round round) => Callers.AskAsync(this, _callers, round);

    public async ValueTask DisposeAsync()
    {
        _block.Complete();
        await _block.Completion;
    }
}
