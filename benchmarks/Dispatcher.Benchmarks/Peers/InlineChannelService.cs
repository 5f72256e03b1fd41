using System.Diagnostics;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>
/// The channel service at its fastest and least safe: each caller has one reply for ever, and goes on inside the loop that answers it, so that a slow
/// caller holds up a loop.
/// </summary>
internal sealed class InlineChannelService : IContestant
{
    private readonly Channel<Reply> _channel;
    private readonly Reply[] _replies;
    private readonly Task[] _loops;

    private InlineChannelService(int loops, int callers)
    {
        _channel = Channel.CreateBounded<Reply>(Math.Max(ChannelSink.Capacity, callers));
        _replies = new Reply[callers];
        for (var i = 0; i < callers; i++) _replies[i] = new Reply();
        _loops = new Task[loops];
        for (var i = 0; i < loops; i++) _loops[i] = Task.Run(LoopAsync);
    }

    public static Peer Peer(int loops, int callers) => new("channel, callers in its loops", () => new InlineChannelService(loops, callers));

    public Task RunAsync(Round round)
    {
        var latencies = round.Latencies ?? throw new ArgumentException("Request and reply needs a column for latencies.", nameof(round));
        var tasks = new Task[_replies.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            var reply = _replies[i];
            var own = latencies.Of(i, tasks.Length);
            tasks[i] = Task.Run(() => AskAsync(reply, own));
        }
        return Task.WhenAll(tasks);
    }

    private async Task AskAsync(Reply reply, Memory<uint> latencies)
    {
        var before = Stopwatch.GetTimestamp();
        for (var i = 0; i < latencies.Length; i++)
        {
            reply.Core.Reset();
            if (!_channel.Writer.TryWrite(reply)) await _channel.Writer.WriteAsync(reply);
            await new ValueTask<int>(reply, reply.Core.Version);
            var after = Stopwatch.GetTimestamp();
            latencies.Span[i] = Latencies.NanosBetween(before, after);
            before = after;
        }
    }

    private async Task LoopAsync()
    {
        var reader = _channel.Reader;
        while (await reader.WaitToReadAsync())
            while (reader.TryRead(out var reply)) reply.Core.SetResult(1);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await Task.WhenAll(_loops);
    }

    private sealed class Reply : IValueTaskSource<int>
    {
        public ManualResetValueTaskSourceCore<int> Core;

        public int GetResult(short token) => Core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => Core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            Core.OnCompleted(continuation, state, token, flags);
    }
}
