using System.Threading.Channels;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>One channel for all loops, or one for each, in turn.</summary>
internal sealed class LongTailChannels : IContestant
{
    private readonly Arrivals _arrivals;
    private readonly Channel<LongTailTask>[] _channels;
    private readonly Task[] _loops;
    private long _done;
    private int _next;

    public LongTailChannels(Arrivals arrivals, int channels, int loops)
    {
        _arrivals = arrivals;
        _channels = [.. Enumerable.Range(0, channels).Select(static _ => Channel.CreateBounded<LongTailTask>(LongTailPool.Queue))];
        _loops = [.. Enumerable.Range(0, loops).Select(i => Task.Run(() => WorkAsync(_channels[i % channels].Reader)))];
    }

    public Task RunAsync(Round round) => _arrivals.RunAsync(round, Submit, () => Volatile.Read(ref _done));

    private void Submit(LongTailTask task)
    {
        if (!_channels[_next++ % _channels.Length].Writer.TryWrite(task)) throw new InvalidOperationException("The channel is full.");
    }

    private async Task WorkAsync(ChannelReader<LongTailTask> reader)
    {
        await foreach (var task in reader.ReadAllAsync())
        {
            await task.RunAsync(_arrivals);
            Interlocked.Increment(ref _done);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Writer.Complete();
        await Task.WhenAll(_loops);
    }
}
