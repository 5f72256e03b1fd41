using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>A request and its reply in one object that is used again: the hand-written way not to allocate.</summary>
internal sealed class PooledReply : IValueTaskSource<object>
{
    private static readonly ConcurrentQueue<PooledReply> Free = new();

    private ManualResetValueTaskSourceCore<object> _core = new() { RunContinuationsAsynchronously = true };

    public object Question { get; private set; } = null!;

    public ValueTask<object> Task => new(this, _core.Version);

    public static PooledReply Take(object question)
    {
        if (!Free.TryDequeue(out var reply)) reply = new PooledReply();
        reply.Question = question;
        return reply;
    }

    public void Answer(object answer) => _core.SetResult(answer);

    public object GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Free.Enqueue(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
