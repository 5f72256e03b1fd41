using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Workers;

/// <summary>The mailbox of the product's actors, named by configuration: bounded, and a sender never waits. What does not fit is refused at once.</summary>
public sealed class RefusingMailbox : MailboxType, IProducesMessageQueue<RefusingMessageQueue>
{
    private readonly int _capacity;
    private RefusingMessageQueue.Limits? _limits;

    /// <summary>Called by Akka with the mailbox's configuration.</summary>
    /// <param name="settings">The system's settings.</param>
    /// <param name="config">The section that names this type; reads <c>capacity</c>.</param>
    /// <exception cref="SettingsException">The capacity is out of range.</exception>
    public RefusingMailbox(Settings settings, Config config)
        : base(settings, config)
    {
        ArgumentNullException.ThrowIfNull(config);
        List<SettingsError> errors = [];
        _capacity = SystemReader.ReadCapacity(new SettingsSection("dispatcher.mailbox", config, Config.Empty, new Dictionary<string, object>(), errors));
        if (errors.Count > 0)
            throw new SettingsException(errors);
    }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new RefusingMessageQueue(LimitsIn(system));

    // One object for all queues: a mailbox type belongs to one system.
    private RefusingMessageQueue.Limits LimitsIn(ActorSystem system)
    {
        RefusingMessageQueue.Limits? limits = Volatile.Read(ref _limits);
        if (limits == null || !ReferenceEquals(limits.System, system))
            Volatile.Write(ref _limits, limits = new RefusingMessageQueue.Limits(_capacity, system));
        return limits;
    }
}
