using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// A cell's two queues and its schedule. The status word holds a closed bit, a scheduled bit and a count of suspensions; whoever sets the
/// scheduled bit hands the mailbox to a thread, so that at most one thread runs a cell.
/// </summary>
public class Mailbox : IRunnable
{
    private const int ClosedBit = 1;
    private const int ScheduledBit = 2;
    private const int SuspendUnit = 4;

    private static readonly NoMessage Closed = new();

    private ActorCell? _actor;
    private SystemMessage? _systemMessages; // last in first out; Closed at the end once the mailbox is closed
    private int _status;

    public Mailbox(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    public IMessageQueue MessageQueue { get; }
    public MessageDispatcher Dispatcher => _actor!.Dispatcher;

    internal bool HasMessages => MessageQueue.HasMessages;
    internal int NumberOfMessages => MessageQueue.Count;
    internal virtual bool HasSystemMessages => Volatile.Read(ref _systemMessages) is { } head && head != Closed;
    internal bool IsClosed => (Volatile.Read(ref _status) & ClosedBit) != 0;
    internal bool IsScheduled => (Volatile.Read(ref _status) & ScheduledBit) != 0;
    internal int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;
    internal bool IsSuspended => SuspendCount > 0;

    public virtual void SetActor(ActorCell actorCell) => _actor = actorCell;

    internal void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    internal bool CanBeScheduledForExecution(bool hasMessageHint, bool hasSystemMessageHint)
    {
        var status = Volatile.Read(ref _status);
        if (status == 0) return hasMessageHint || hasSystemMessageHint || HasSystemMessages || HasMessages;
        if ((status & (ClosedBit | ScheduledBit)) != 0) return false;
        return hasSystemMessageHint || HasSystemMessages; // suspended
    }

    internal bool SetAsScheduled()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (ClosedBit | ScheduledBit)) != 0) return false;
            if (Interlocked.CompareExchange(ref _status, status | ScheduledBit, status) == status) return true;
        }
    }

    internal void SetAsIdle() => Interlocked.And(ref _status, ~ScheduledBit);

    internal void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    /// <summary>Ends one suspension; true where that was the last.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status < SuspendUnit) return true;
            if (Interlocked.CompareExchange(ref _status, status - SuspendUnit, status) == status) return status - SuspendUnit < SuspendUnit;
        }
    }

    internal void BecomeClosed() => Interlocked.Or(ref _status, ClosedBit);

    /// <summary>Pushes a system message; to the dead letters where the mailbox is closed.</summary>
    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        while (true)
        {
            var head = Volatile.Read(ref _systemMessages);
            if (head == Closed)
            {
                _actor!.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
                return;
            }
            message.Next = head;
            if (Interlocked.CompareExchange(ref _systemMessages, message, head) == head) return;
        }
    }

    /// <summary>Takes all system messages, oldest first, and leaves <paramref name="replacement"/>.</summary>
    private SystemMessage? DrainSystemMessages(SystemMessage? replacement)
    {
        var newestFirst = Interlocked.Exchange(ref _systemMessages, replacement);
        if (newestFirst == Closed) return null;
        SystemMessage? oldestFirst = null;
        while (newestFirst is not null)
        {
            var next = newestFirst.Next;
            newestFirst.Next = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }
        return oldestFirst;
    }

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>One turn: all system messages, then user messages up to the dispatcher's throughput, with the system messages between.</summary>
    public void Run()
    {
        var actor = _actor!;
        var outer = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = actor;
        try
        {
            if (!IsClosed)
            {
                ProcessAllSystemMessages(actor);
                ProcessMailbox(actor);
            }
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = outer;
            SetAsIdle();
            // What came while the scheduled bit was still set woke nobody: look again, now that it is cleared.
            actor.Dispatcher.RegisterForExecution(this, hasMessageHint: false, hasSystemMessageHint: false);
        }
    }

    private void ProcessMailbox(ActorCell actor)
    {
        var dispatcher = actor.Dispatcher;
        var left = dispatcher.Throughput;
        var deadline = dispatcher.ThroughputDeadlineTime is { } ticks and > 0 ? MonotonicTicks() + ticks : long.MaxValue;
        // Neither closed nor suspended, and still something to do.
        while (Volatile.Read(ref _status) == ScheduledBit && MessageQueue.TryDequeue(out var envelope))
        {
            actor.Invoke(envelope);
            if (Volatile.Read(ref _systemMessages) is not null) ProcessAllSystemMessages(actor);
            if (--left <= 0 || (deadline != long.MaxValue && MonotonicTicks() >= deadline)) return;
        }
    }

    private static long MonotonicTicks() => System.Diagnostics.Stopwatch.GetElapsedTime(0).Ticks;

    private void ProcessAllSystemMessages(ActorCell actor)
    {
        while (HasSystemMessages && !IsClosed)
        {
            var message = DrainSystemMessages(null);
            while (message is not null && !IsClosed)
            {
                var next = message.Next;
                message.Next = null;
                actor.SystemInvoke(message);
                message = next;
            }
            // Closed in the middle: the rest is for nobody.
            while (message is not null)
            {
                var next = message.Next;
                message.Next = null;
                actor.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(actor.Self, message);
                message = next;
            }
        }
    }

    /// <summary>
    /// Moves what is left to the dead letters. Runs after the mailbox was closed: by the cell as it stops, and by any sender whose message came
    /// in after that (it saw the mailbox open, put its message and then found it closed); the lock makes them one consumer at a time.
    /// </summary>
    public virtual void CleanUp()
    {
        if (_actor is null) return;
        lock (MessageQueue)
        {
            var deadLetters = _actor.SystemImpl.Mailboxes.DeadLetterMailbox;
            for (var message = DrainSystemMessages(Closed); message is not null;)
            {
                var next = message.Next;
                message.Next = null;
                deadLetters.SystemEnqueue(_actor.Self, message);
                message = next;
            }
            MessageQueue.CleanUp(_actor.Self, deadLetters.MessageQueue);
        }
    }
}

