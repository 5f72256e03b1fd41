using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// The running half of an actor: its mailbox, instance, children and watches. Everything but sending runs on the cell's own turn, which its
/// mailbox gives to one thread at a time; so no field but the mailbox is shared between threads.
/// </summary>
public partial class ActorCell : IUntypedActorContext, ICell
{
    public const int UndefinedUid = 0;

    private readonly IInternalActorRef _self;
    private readonly ActorSystemImpl _system;
    private Props _props;
    private Mailbox? _mailbox;
    private ActorBase? _actor;
    private IActorRef? _sender;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _system = system;
        _self = self;
        _props = props;
        Dispatcher = dispatcher;
        Parent = parent;
    }

    public IActorRef Self => _self;
    public ActorSystem System => _system;
    public ActorSystemImpl SystemImpl => _system;
    public Props Props => _props;
    public MessageDispatcher Dispatcher { get; }
    public IInternalActorRef Parent { get; }
    IActorRef IActorContext.Parent => Parent;
    public bool IsLocal => true;

    /// <summary>The message that is being handled.</summary>
    public object? CurrentMessage { get; private set; }

    /// <summary>Tells one handling of a message from the next, also when the same object comes twice.</summary>
    public int CurrentEnvelopeId { get; private set; }

    public IActorRef Sender => _sender ?? _system.DeadLetters;
    public Mailbox Mailbox => Volatile.Read(ref _mailbox)!;
    public bool HasMessages => Mailbox.HasMessages;
    public int NumberOfMessages => Mailbox.NumberOfMessages;
    public bool IsTerminated => Mailbox.IsClosed;
    public virtual ActorTaskScheduler TaskScheduler => OwnExtras.Scheduler(this);

    internal ActorBase? Actor => _actor;

    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrentActorCellKeeper.Current?._self ?? ActorRefs.NoSender;

    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrentActorCellKeeper.Current?.Sender ?? ActorRefs.NoSender;

    /// <summary>Gives the cell its mailbox, with the order to create the actor as its first system message.</summary>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var mailbox = Dispatcher.CreateMailbox(this, mailboxType);
        mailbox.SetActor(this);
        Volatile.Write(ref _mailbox, mailbox);
        mailbox.SystemEnqueue(_self, new Dispatch.SysMsg.Create(CheckQueue(mailbox)));
        if (sendSupervise) Parent.SendSystemMessage(new Supervise(_self, async: false));
    }

    private ActorInitializationException? CheckQueue(Mailbox mailbox)
    {
        if (!_system.Mailboxes.HasRequiredType(_props.Type)) return null;
        var required = _system.Mailboxes.GetRequiredType(_props.Type);
        return required.IsInstanceOfType(mailbox.MessageQueue) ? null
            : new ActorInitializationException(_self, $"Actor [{_self}] requires mailbox type [{required}], got [{mailbox.MessageQueue.GetType()}]");
    }

    public virtual void Start() => Dispatcher.Attach(this);

    public virtual void SendMessage(IActorRef sender, object message)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        Dispatcher.Dispatch(this, new Envelope(message, sender));
    }

    public virtual void SendMessage(Envelope message) => SendMessage(message.Sender, message.Message);

    public virtual void SendSystemMessage(ISystemMessage systemMessage) => Dispatcher.SystemDispatch(this, (SystemMessage)systemMessage);

    /// <summary>Exchanges the mailbox; the old one is the caller's to close.</summary>
    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox)!;

    /// <summary>Runs one user message. Called by the mailbox only, on the cell's turn.</summary>
    public void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        CurrentMessage = message;
        _sender = envelope.Sender;
        CurrentEnvelopeId++;
        try
        {
            if (message is IAutoReceivedMessage) AutoReceiveMessage(envelope);
            else ReceiveMessage(message);
            // An asynchronous turn goes on with this message after Invoke returned; it keeps its own copy (ActorTaskScheduler).
            CurrentMessage = null;
            _sender = null;
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause); // message and sender stay for PreRestart
        }
        if (ReceiveTimeoutState is not null) CheckReceiveTimeout(message is not INotInfluenceReceiveTimeout);
    }

    /// <summary>Runs the behaviour on the caller's thread, outside of the mailbox; what it throws goes to the caller.</summary>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        var outer = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        CurrentMessage = envelope.Message;
        _sender = envelope.Sender;
        try
        {
            if (envelope.Message is IAutoReceivedMessage) AutoReceiveMessage(envelope);
            else ReceiveMessage(envelope.Message);
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = outer;
            CurrentMessage = null;
            _sender = null;
        }
    }

    protected virtual void ReceiveMessage(object message)
    {
        if (Timers is not null && message is Scheduler.TimerScheduler.ITimerMsg tick)
        {
            if (Timers.InterceptTimerMsg(_system.Log, tick) is not { } due) return;
            CurrentMessage = message = due;
            if (due is IAutoReceivedMessage)
            {
                AutoReceiveMessage(new Envelope(due, _self));
                return;
            }
        }
        _actor!.InvokeReceive(Behaviors is { Count: > 0 } behaviors ? behaviors.Peek() : null, message);
    }

    protected virtual void AutoReceiveMessage(Envelope envelope)
    {
        var message = envelope.Message;
        if (_system.Settings.DebugAutoReceive)
            Publish(new Event.Debug(_self.Path.ToString(), _actor!.GetType(), "received AutoReceiveMessage " + message));
        switch (message)
        {
            case Terminated terminated: ReceivedTerminated(terminated); break;
            case PoisonPill: _self.Stop(); break;
            case Kill: throw new ActorKilledException("Kill");
            case Identify identify: Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self); break;
            case ActorSelectionMessage selection: Akka.Actor.ActorSelection.DeliverSelection(_self, Sender, selection); break;
        }
    }

    /// <summary>Runs <paramref name="action"/> as if the cell had its turn; made for tests that enter an actor from outside.</summary>
    public void UseThreadContext(Action action)
    {
        var outer = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = outer;
        }
    }

    /// <summary>Goes on with a message whose asynchronous turn awaited something.</summary>
    internal void Continue(object? message, IActorRef? sender, Task step)
    {
        CurrentMessage = message;
        _sender = sender;
        TaskScheduler.Execute(step);
        if (IsFailed) return; // message and sender stay for PreRestart
        CurrentMessage = null;
        _sender = null;
    }

    /// <summary>The asynchronous turn ended, with or without a failure.</summary>
    internal void FinishTurn(Exception? failure)
    {
        if (failure is not null) HandleInvokeFailure(failure);
        Mailbox.Resume();
        CheckReceiveTimeout();
    }

    internal IActorRef? CurrentSenderOrNull => _sender;

    public void Become(Receive receive)
    {
        if (Behaviors is { Count: > 0 }) Behaviors.Pop();
        (Behaviors ??= new Stack<Receive>(2)).Push(receive);
    }

    public void BecomeStacked(Receive receive)
    {
        (Behaviors ??= new Stack<Receive>(2)).Push(receive);
    }

    public void UnbecomeStacked()
    {
        if (Behaviors is { Count: > 1 }) Behaviors.Pop();
        else Behaviors?.Clear();
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Handled(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Handled(receive));

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, _system, _self);

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, _system);

    private void Publish(Event.LogEvent e)
    {
        try
        {
            _system.EventStream.Publish(e);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A broken log subscriber must not change what an actor does; standard error is all that is left.
            Console.Error.WriteLine($"{e} could not be published: {failure}");
        }
    }
}
