using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.TestKit.Internal;

/// <summary>A local reference whose actor runs on the calling thread, so that it exists when the reference does.</summary>
internal sealed class InternalTestActorRef : LocalActorRef
{
    private static long _names;

    private InternalTestActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
        : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
    }

    public ActorBase UnderlyingActor
    {
        get
        {
            // Absent while another thread makes it, when the props ask for another dispatcher.
            SpinWait.SpinUntil(() => Cell.Actor is not null || IsTerminated, TestKitExtension.For(Cell.System).DefaultTimeout);
            if (IsTerminated) throw new IllegalActorStateException($"The actor of {Path} is terminated");
            return Cell.Actor ?? throw new TimeoutException($"The actor of {Path} was not made in time");
        }
    }

    public static InternalTestActorRef Create(ActorSystem system, Props props, IActorRef? supervisor, string? name)
    {
        var impl = (ActorSystemImpl)system;
        supervisor ??= impl.Guardian;
        name ??= $"$${Interlocked.Increment(ref _names)}";
        if (props.Deploy.Dispatcher == Deploy.NoDispatcherGiven) props = props.WithDispatcher(CallingThreadDispatcher.Id);
        if ((supervisor as ActorRefWithCell)?.Underlying is not ActorCell parent)
            throw new ArgumentException($"{supervisor} cannot be the supervisor of a test actor: it is no started local actor", nameof(supervisor));
        parent.ReserveChild(name);
        var dispatcher = system.Dispatchers.Lookup(props.Deploy.Dispatcher);
        var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
        var created = new InternalTestActorRef(impl, props, dispatcher, mailbox, (IInternalActorRef)supervisor, supervisor.Path / name);
        created.Start();
        return created;
    }

    /// <summary>Calls the actor's behaviour on this thread; what it throws comes to the caller.</summary>
    public void Receive(object message, IActorRef? sender) =>
        Cell.UseThreadContext(() => Cell.ReceiveMessageForTest(new Envelope(message, sender is null || sender.IsNobody() ? Cell.System.DeadLetters : sender)));
    public override string ToString() => $"TestActor[{Path}]";
}
