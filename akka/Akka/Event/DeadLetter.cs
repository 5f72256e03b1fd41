using Akka.Actor;

namespace Akka.Event;

/// <summary>Marks messages that may well come too late: as a dead letter they are suppressed, which the log does not mention.</summary>
public interface IDeadLetterSuppression;

/// <summary>A message that its recipient did not handle, and why: the subclass says it.</summary>
public abstract class AllDeadLetters(object message, IActorRef sender, IActorRef recipient) : IWrappedMessage
{
    public object Message { get; } = message;
    public IActorRef Sender { get; } = sender;
    public IActorRef Recipient { get; } = recipient;

    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";

    private protected static IActorRef NotNull(IActorRef actor, string name) => actor ?? throw new ArgumentNullException(name);
}

/// <summary>A message to an actor that does not exist or stopped before it came to it.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, NotNull(sender, nameof(sender)), NotNull(recipient, nameof(recipient)));

/// <summary>As a dead letter, but expected: see <see cref="IDeadLetterSuppression"/>.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, NotNull(sender, nameof(sender)), NotNull(recipient, nameof(recipient)));

/// <summary>A message that was given up on the way: a full queue, a router without routees.</summary>
public sealed class Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient)
{
    public Dropped(object message, string reason, IActorRef recipient) : this(message, reason, ActorRefs.NoSender, recipient) { }

    public string Reason { get; } = reason;
}

/// <summary>A message that its actor received but has no behaviour for.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
