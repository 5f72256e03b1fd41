using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>An actor of one lambda. The lambda answers false to leave a message unhandled.</summary>
public sealed class FuncActor : UntypedActor
{
    private readonly Func<IActorContext, object, bool> _receive;
    private readonly SupervisorStrategy? _strategy;

    public FuncActor(Func<IActorContext, object, bool> receive, SupervisorStrategy? strategy)
    {
        _receive = receive;
        _strategy = strategy;
    }

    /// <summary>Handles every message.</summary>
    public static Props Of(Action<IActorContext, object> receive, SupervisorStrategy? strategy = null) =>
        Partial((context, message) =>
        {
            receive(context, message);
            return true;
        }, strategy);

    /// <summary>Handles a message when the lambda says so.</summary>
    public static Props Partial(Func<IActorContext, object, bool> receive, SupervisorStrategy? strategy = null) =>
        Props.Create(() => new FuncActor(receive, strategy));

    /// <summary>Sends every message back to its sender.</summary>
    public static Props Echo() => Of((context, message) => context.Sender.Tell(message));

    /// <summary>Forwards every message to the listener, exceptions are thrown.</summary>
    public static Props Report(IActorRef listener) => Of((_, message) =>
    {
        if (message is Exception failure)
            throw failure;
        listener.Forward(message);
    });

    protected override void OnReceive(object message)
    {
        if (!_receive(Context, message))
            Unhandled(message);
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();
}
