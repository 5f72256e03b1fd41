using System.Runtime.CompilerServices;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The hand-written channel at its fastest: a bounded one, loops, and a reply for each caller, who goes on inside the loop.</summary>
internal sealed class OverloadChannel : IContestant
{
    private readonly Channel<Call> _channel;
    private readonly Task[] _loops;
    private readonly OverloadArrivals _arrivals;

    public OverloadChannel(OverloadArrivals arrivals, int workers, int queue)
    {
        _arrivals = arrivals;
        _channel = Channel.CreateBounded<Call>(queue);
        var steps = Burn.Steps(OverloadArrivals.Micros);
        _loops = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            await foreach (var call in _channel.Reader.ReadAllAsync()) call.Answer(call.Run(steps));
        }))];
    }

    public Task RunAsync(Round round) => _arrivals.RunAsync(round, static priority => new Call { Priority = priority }, Submit);

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await Task.WhenAll(_loops);
    }

    private void Submit(Call call)
    {
        if (_channel.Writer.TryWrite(call)) call.Await();
        else call.Tell(isRefused: true);
    }

    private sealed class Call : OverloadTask, IValueTaskSource<int>
    {
        private readonly Action _goOn;
        private ManualResetValueTaskSourceCore<int> _reply;
        private ValueTaskAwaiter<int> _awaiter;

        public Call() => _goOn = GoOn;

        public void Answer(int result) => _reply.SetResult(result);

        public void Await()
        {
            _awaiter = new ValueTask<int>(this, _reply.Version).GetAwaiter();
            _awaiter.UnsafeOnCompleted(_goOn);
        }

        public int GetResult(short token) => _reply.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _reply.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _reply.OnCompleted(continuation, state, token, flags);

        private void GoOn()
        {
            _awaiter.GetResult();
            Tell(isRefused: false);
        }
    }
}
