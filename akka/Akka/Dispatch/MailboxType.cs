using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Makes the queues of one configured mailbox. Subclasses need a constructor with these two parameters.</summary>
public abstract class MailboxType
{
    protected readonly Settings Settings;
    protected readonly Config Config;

    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

/// <summary>The default.</summary>
public sealed class UnboundedMailbox : MailboxType, IProducesMessageQueue<UnboundedMessageQueue>
{
    public UnboundedMailbox() : this(null!, null!) { }

    public UnboundedMailbox(Settings settings, Config config) : base(settings, config) { }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

/// <summary>Blocks the sender while it is full: <c>mailbox-capacity</c>, <c>mailbox-push-timeout-time</c>.</summary>
public sealed class BoundedMailbox : MailboxType, IProducesMessageQueue<BoundedMessageQueue>
{
    public BoundedMailbox(Settings settings, Config config) : base(settings, config) => (Capacity, PushTimeout) = BoundedSection.Read(config, nameof(BoundedMailbox));

    public int Capacity { get; }
    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedMessageQueue(Capacity, PushTimeout);
}

/// <summary>For actors with a stash.</summary>
public sealed class UnboundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<UnboundedDequeMessageQueue>
{
    public UnboundedDequeBasedMailbox(Settings settings, Config config) : base(settings, config) { }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedDequeMessageQueue();
}

/// <summary>For actors with a bounded stash.</summary>
public class BoundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<BoundedDequeMessageQueue>
{
    public BoundedDequeBasedMailbox(Settings settings, Config config) : base(settings, config) => (Capacity, PushTimeout) = BoundedSection.Read(config, nameof(BoundedDequeBasedMailbox));

    public int Capacity { get; }
    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedDequeMessageQueue(Capacity, PushTimeout);
}

/// <summary>Smallest number of <see cref="PriorityGenerator"/> first.</summary>
public abstract class UnboundedPriorityMailbox : MailboxType, IProducesMessageQueue<UnboundedPriorityMessageQueue>
{
    public const int DefaultCapacity = 11;

    protected UnboundedPriorityMailbox(Settings settings, Config config) : base(settings, config) { }

    public int InitialCapacity => DefaultCapacity;

    protected abstract int PriorityGenerator(object message);

    public sealed override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedPriorityMessageQueue(PriorityGenerator, InitialCapacity);
}

/// <summary>The same, with equals in the order in which they came.</summary>
public abstract class UnboundedStablePriorityMailbox : MailboxType, IProducesMessageQueue<UnboundedStablePriorityMessageQueue>
{
    public const int DefaultCapacity = 11;

    protected UnboundedStablePriorityMailbox(Settings settings, Config config) : base(settings, config) { }

    public int InitialCapacity => DefaultCapacity;

    protected abstract int PriorityGenerator(object message);

    public sealed override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedStablePriorityMessageQueue(PriorityGenerator, InitialCapacity);
}

internal static class BoundedSection
{
    internal static (int Capacity, TimeSpan PushTimeout) Read(Config config, string mailbox)
    {
        var capacity = config.GetInt("mailbox-capacity", 0);
        if (capacity < 1) throw new ArgumentException($"The capacity for {mailbox} must be 1 or more (mailbox-capacity), but was {capacity}.", nameof(config));
        return (capacity, config.GetTimeSpan("mailbox-push-timeout-time"));
    }
}
