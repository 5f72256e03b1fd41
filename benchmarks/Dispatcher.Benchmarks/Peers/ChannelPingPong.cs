using System.Threading.Channels;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>Two loops with a bounded channel each, and one message that goes back and forth.</summary>
internal sealed class ChannelPingPong : IContestant
{
    private readonly Channel<Ball> _left = Open();
    private readonly Channel<Ball> _right = Open();
    private readonly Task _loops;

    private ChannelPingPong() =>
        _loops = Task.WhenAll(Task.Run(() => LoopAsync(_left.Reader, _right.Writer)), Task.Run(() => LoopAsync(_right.Reader, _left.Writer)));

    public static Peer Peer() => new("channel", () => new ChannelPingPong());

    public async Task RunAsync(Round round)
    {
        var ball = new Ball(round.Operations);
        await _left.Writer.WriteAsync(ball);
        await ball.Done;
    }

    private static Channel<Ball> Open() =>
        Channel.CreateBounded<Ball>(new BoundedChannelOptions(ChannelSink.Capacity) { SingleReader = true, SingleWriter = true });

    private static async Task LoopAsync(ChannelReader<Ball> from, ChannelWriter<Ball> to)
    {
        while (await from.WaitToReadAsync())
            while (from.TryRead(out var ball))
                if (ball.Hit() && !to.TryWrite(ball)) await to.WriteAsync(ball);
    }

    public async ValueTask DisposeAsync()
    {
        _left.Writer.Complete();
        _right.Writer.Complete();
        await _loops;
    }
}
