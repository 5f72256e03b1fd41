using Akka.Actor;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

public sealed class RefusingMessageQueueTests
{
    private readonly RefusingMessageQueue _queue = new(new RefusingMessageQueue.Limits(2, null));

    [Fact]
    public void Enqueue_TurnsBeyondAnyBound_AreOneAndComeLast()
    {
        for (int i = 0; i < 100; i++)
            _queue.Enqueue(ActorRefs.Nobody, new Envelope(WorkerTurn.Instance, ActorRefs.NoSender));
        _queue.Enqueue(ActorRefs.Nobody, new Envelope("a", ActorRefs.NoSender));
        Assert.Equal(2, _queue.Count);
        Assert.Equal("a", Next());
        Assert.Same(WorkerTurn.Instance, Next());
        Assert.Null(Next());
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void Enqueue_FullQueue_RefusesAtOnceAndCounts()
    {
        long before = MailboxCounters.Refused;
        foreach (string message in new[] { "a", "b", "c" })
            _queue.Enqueue(ActorRefs.Nobody, new Envelope(message, ActorRefs.NoSender));
        Assert.Equal(2, _queue.Count);
        Assert.True(MailboxCounters.Refused > before);
        Assert.Equal("a", Next());
        Assert.Equal("b", Next());
        Assert.Null(Next());
    }

    [Fact]
    public void CleanUp_MessagesAndATurn_OnlyMessagesBecomeDeadLetters()
    {
        _queue.Enqueue(ActorRefs.Nobody, new Envelope("a", ActorRefs.NoSender));
        _queue.Enqueue(ActorRefs.Nobody, new Envelope(WorkerTurn.Instance, ActorRefs.NoSender));
        RefusingMessageQueue deadLetters = new(new RefusingMessageQueue.Limits(10, null));
        _queue.CleanUp(ActorRefs.Nobody, deadLetters);
        Assert.False(_queue.HasMessages);
        Assert.Equal(1, deadLetters.Count);
    }

    private object? Next() => _queue.TryDequeue(out Envelope envelope) ? envelope.Message : null;
}
