using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor received, with its sender.</summary>
public abstract class MessageEnvelope
{
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

/// <summary>Stands for "no message came".</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object Message => null!;
    public override IActorRef Sender => null!;

    public override string ToString() => "<no message>";
}

/// <summary>A message that came.</summary>
public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;
    public override IActorRef Sender => sender;

    public override string ToString() => $"{{{message}}} (type {message.GetType()}) from {sender?.ToString() ?? "nobody"}";
}
