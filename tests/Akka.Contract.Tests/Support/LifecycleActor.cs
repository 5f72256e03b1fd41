using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>Tells its listener each step of its life as "NAME STEP"; tells on strings, throws exceptions, answers Incarnation.</summary>
public class LifecycleActor : UntypedActor
{
    private readonly IActorRef _listener;

    public LifecycleActor(IActorRef listener)
    {
        _listener = listener;
        Tell("constructor");
    }

    public static Props Of(IActorRef listener) => Props.Create(() => new LifecycleActor(listener));

    protected override void PreStart() => Tell("preStart");

    protected override void PostStop() => Tell("postStop");

    protected override void PreRestart(Exception reason, object message)
    {
        Tell($"preRestart {reason.Message} by {NameOf(message)}");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Tell($"postRestart {reason.Message}");
        base.PostRestart(reason);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Exception failure:
                throw failure;
            case string text:
                Tell(text);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static object NameOf(object? message) => message switch
    {
        null => "nothing",
        Exception failure => failure.Message,
        _ => message,
    };

    private void Tell(string step) => _listener.Tell($"{Self.Path.Name} {step}");
}
