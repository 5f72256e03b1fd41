using System.Threading.Channels;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>
/// The hand-written channel for work without a reply: one bounded channel and N loops, nothing else. A round has a channel of its own, so that
/// closing it tells the loops the end without a counter that they would share.
/// </summary>
internal sealed class ChannelSink(int loops, int producers) : IContestant, ISink
{
    public const int Capacity = 1024;

    private Channel<object> _channel = null!;
    private long _handled;

    public static Peer Peer(int loops, int producers) => new("channel", () => new ChannelSink(loops, producers));

    public ValueTask PostAsync(object message) => _channel.Writer.TryWrite(message) ? ValueTask.CompletedTask : _channel.Writer.WriteAsync(message);

    public async Task RunAsync(Round round)
    {
        _channel = Channel.CreateBounded<object>(new BoundedChannelOptions(Capacity) { SingleReader = loops == 1, SingleWriter = producers == 1 });
        _handled = 0;
        var running = new Task[loops];
        for (var i = 0; i < loops; i++) running[i] = Task.Run(LoopAsync);
        await Producers.PostAsync(this, producers, round.Operations);
        _channel.Writer.Complete();
        await Task.WhenAll(running);
        if (_handled != round.Operations) throw new InvalidOperationException($"The channel handled {_handled} of {round.Operations} messages.");
    }

    private async Task LoopAsync()
    {
        var reader = _channel.Reader;
        long handled = 0;
        while (await reader.WaitToReadAsync())
            while (reader.TryRead(out _)) handled++;
        Interlocked.Add(ref _handled, handled);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
