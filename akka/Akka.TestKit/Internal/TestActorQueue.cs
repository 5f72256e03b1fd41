using System.Collections.Concurrent;

namespace Akka.TestKit.Internal;

/// <summary>The messages of a test actor: the actor writes, the test reads, blocking or awaiting.</summary>
internal sealed class TestActorQueue
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public int Count => _available.CurrentCount;

    public void Add(MessageEnvelope envelope)
    {
        _messages.Enqueue(envelope);
        _available.Release();
    }

    /// <summary>Completes at once, on the caller's thread, unless <paramref name="async"/>. Null: none came, or the wait was cancelled.</summary>
    public async ValueTask<MessageEnvelope?> Next(bool async, TimeSpan timeout, bool peek, CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan) return null;
        try
        {
            var came = async ? await _available.WaitAsync(timeout, cancellationToken) : _available.Wait(timeout, cancellationToken);
            if (!came) return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        MessageEnvelope? envelope;
        if (peek)
        {
            _messages.TryPeek(out envelope);
            _available.Release();
        }
        else
        {
            _messages.TryDequeue(out envelope);
        }
        return envelope;
    }
}
