using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>Asks a <see cref="Supervisor"/> for a child; the answer is the child's reference, or Status.Failure.</summary>
public sealed record Spawn(Props Props, string? Name);

/// <summary>Asks a <see cref="Supervisor"/> to stop a child.</summary>
public sealed record StopChild(IActorRef Child);

/// <summary>Makes children on demand and supervises them with the given strategy. Throws an exception that it receives.</summary>
public sealed class Supervisor : UntypedActor
{
    private readonly SupervisorStrategy? _strategy;

    public Supervisor(SupervisorStrategy? strategy) => _strategy = strategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Spawn spawn:
                Sender.Tell(Make(spawn));
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case Exception failure:
                throw failure;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();

    private static object Make(Spawn spawn)
    {
        try
        {
            return Context.ActorOf(spawn.Props, spawn.Name);
        }
        catch (Exception refusal)
        {
            return new Status.Failure(refusal);
        }
    }
}
