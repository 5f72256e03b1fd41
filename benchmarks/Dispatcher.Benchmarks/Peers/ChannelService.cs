using System.Threading.Channels;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>The hand-written channel for work with a reply: one bounded channel, N loops, pooled replies, nothing else.</summary>
internal sealed class ChannelService : IContestant, IAnswer
{
    private readonly Channel<PooledReply> _channel;
    private readonly Task[] _loops;
    private readonly int _callers;

    public ChannelService(int loops, int callers)
    {
        _callers = callers;
        _channel = Channel.CreateBounded<PooledReply>(new BoundedChannelOptions(ChannelSink.Capacity) { SingleReader = loops == 1, SingleWriter = callers == 1 });
        _loops = new Task[loops];
        for (var i = 0; i < loops; i++) _loops[i] = Task.Run(LoopAsync);
    }

    public static Peer Peer(int loops, int callers) => new("channel", () => new ChannelService(loops, callers));

    public ValueTask<object> AskAsync(object question)
    {
        var reply = PooledReply.Take(question);
        return _channel.Writer.TryWrite(reply) ? reply.Task : WaitAndAskAsync(reply);
    }

    private async ValueTask<object> WaitAndAskAsync(PooledReply reply)
    {
        await _channel.Writer.WriteAsync(reply);
        return await reply.Task;
    }

    public Task RunAsync(Round round) => Callers.AskAsync(this, _callers, round);

    private async Task LoopAsync()
    {
        var reader = _channel.Reader;
        while (await reader.WaitToReadAsync())
            while (reader.TryRead(out var reply)) reply.Answer(reply.Question);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await Task.WhenAll(_loops);
    }
}
