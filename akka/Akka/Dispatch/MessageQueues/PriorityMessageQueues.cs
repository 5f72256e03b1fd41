using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue whose order needs a lock.</summary>
public abstract class BlockingMessageQueue : IMessageQueue, IBlockingMessageQueueSemantics
{
    private readonly Lock _lock = new();
    private int _count;

    protected BlockingMessageQueue() { }

    public TimeSpan BlockTimeOut { get; set; } = TimeSpan.FromSeconds(1);
    public bool HasMessages => Count > 0;
    public int Count => Volatile.Read(ref _count);
    protected abstract int LockedCount { get; }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        lock (_lock)
        {
            LockedEnqueue(envelope);
            Volatile.Write(ref _count, LockedCount);
        }
        // Between this write and the reader's look at the schedule there must be a fence (leaving the lock is only half of one).
        Interlocked.MemoryBarrier();
    }

    public bool TryDequeue(out Envelope envelope)
    {
        lock (_lock)
        {
            var found = LockedTryDequeue(out envelope);
            Volatile.Write(ref _count, LockedCount);
            return found;
        }
    }

    private protected void Locked(Action<Envelope> action, Envelope envelope)
    {
        lock (_lock)
        {
            action(envelope);
            Volatile.Write(ref _count, LockedCount);
        }
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters) => this.MoveTo(owner, deadletters);

    protected abstract void LockedEnqueue(Envelope envelope);

    protected abstract bool LockedTryDequeue(out Envelope envelope);
}

/// <summary>Smallest priority number first; the order among equals is not promised.</summary>
public class UnboundedPriorityMessageQueue : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly PriorityHeap _heap;

    public UnboundedPriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity) => _heap = new PriorityHeap(priorityGenerator, initialCapacity);

    protected override int LockedCount => _heap.Count;

    protected override void LockedEnqueue(Envelope envelope) => _heap.Add(envelope);

    protected override bool LockedTryDequeue(out Envelope envelope) => _heap.TryTake(out envelope);

    public void EnqueueFirst(Envelope envelope) => Locked(_heap.AddFirst, envelope);
}

/// <summary>Smallest priority number first, equals in the order in which they came.</summary>
public class UnboundedStablePriorityMessageQueue : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly PriorityHeap _heap;

    public UnboundedStablePriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity) => _heap = new PriorityHeap(priorityGenerator, initialCapacity);

    protected override int LockedCount => _heap.Count;

    protected override void LockedEnqueue(Envelope envelope) => _heap.Add(envelope);

    protected override bool LockedTryDequeue(out Envelope envelope) => _heap.TryTake(out envelope);

    public void EnqueueFirst(Envelope envelope) => Locked(_heap.AddFirst, envelope);
}

/// <summary>A heap by priority, then by number of arrival, with a stack of messages that go before all.</summary>
internal sealed class PriorityHeap(Func<object, int> priority, int initialCapacity)
{
    private readonly PriorityQueue<Envelope, (int Priority, long Arrival)> _heap = new(Math.Max(initialCapacity, 0));
    private readonly Stack<Envelope> _first = new();
    private long _arrivals;

    internal int Count => _heap.Count + _first.Count;

    internal void Add(Envelope envelope) => _heap.Enqueue(envelope, (priority(envelope.Message), _arrivals++));

    internal void AddFirst(Envelope envelope) => _first.Push(envelope);

    internal bool TryTake(out Envelope envelope) => _first.TryPop(out envelope) || _heap.TryDequeue(out envelope, out _);
}
