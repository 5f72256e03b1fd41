using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system by their configuration path, and which one an actor gets.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";
    public static readonly string NoMailboxRequirement = "";

    private const string Requirements = "akka.actor.mailbox.requirements";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Type> _required = new();
    private Dictionary<Type, string>? _idsByQueue;
    private DeadLetterMailbox? _deadLetterMailbox;

    public Mailboxes(ActorSystem system) => _system = system;

    public DeadLetterMailbox DeadLetterMailbox => _deadLetterMailbox
        ?? Interlocked.CompareExchange(ref _deadLetterMailbox, new DeadLetterMailbox(_system.DeadLetters), null) ?? _deadLetterMailbox;

    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) != typeof(object);

    /// <summary>The kind of queue that the type asks for, <c>object</c> where it does not ask.</summary>
    public Type GetRequiredType(Type actorType) => _required.GetOrAdd(actorType, static type =>
    {
        foreach (var contract in type.GetInterfaces())
            if (contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>)) return contract.GetGenericArguments()[0];
        return typeof(object);
    });

    public bool ProducesMessageQueue(Type mailboxType) => ProducedQueue(mailboxType) is not null;

    /// <exception cref="ConfigurationException">Nothing is configured under <paramref name="id"/>, or its mailbox-type is no such type.</exception>
    public MailboxType Lookup(string id) => _byId.TryGetValue(id, out var known) ? known : _byId.GetOrAdd(id, Make);

    /// <exception cref="ConfigurationException">No mailbox is bound to that kind of queue.</exception>
    public MailboxType LookupByQueueType(Type queueType)
    {
        if (_system.Settings.Config.GetString($"{Requirements}.\"{queueType.FullName}\"") is { } known) return Lookup(known);
        _idsByQueue ??= ReadRequirements(); // by another spelling of the type's name
        return _idsByQueue.TryGetValue(queueType, out var id) ? Lookup(id)
            : throw new ConfigurationException($"Mailbox Mapping for [{queueType}] not configured: add it to {Requirements}.");
    }

    /// <summary>
    /// By this order: the mailbox of the deployment, the one of the props, the dispatcher's <c>mailbox-type</c>, what the actor asks for, what the
    /// dispatcher asks for, the default.
    /// </summary>
    /// <exception cref="ArgumentException">The mailbox does not make the kind of queue that actor or dispatcher asks for.</exception>
    public MailboxType GetMailboxType(Props props, Config dispatcherConfig)
    {
        // Many actors share their props, so the choice is kept there; two threads that race for it make the same one.
        if (Volatile.Read(ref props.MailboxChoice) is { } choice && choice.Owner == this) return choice.Type;
        var chosen = new Choice(this, Choose(props, dispatcherConfig));
        Volatile.Write(ref props.MailboxChoice, chosen);
        return chosen.Type;
    }

    internal sealed class Choice(Mailboxes owner, MailboxType type)
    {
        internal Mailboxes Owner => owner;
        internal MailboxType Type => type;
    }

    private MailboxType Choose(Props props, Config dispatcherConfig)
    {
        var asked = dispatcherConfig.GetString("mailbox-requirement", NoMailboxRequirement);
        var byDispatcher = string.IsNullOrEmpty(asked) ? typeof(IMessageQueue) : Type.GetType(asked, throwOnError: true)!;
        var byActor = GetRequiredType(props.Type);

        MailboxType Verified(MailboxType type)
        {
            if (byDispatcher == typeof(IMessageQueue) && byActor == typeof(object)) return type;
            var queue = ProducedQueue(type.GetType()) ?? typeof(IMessageQueue);
            if (byDispatcher != typeof(IMessageQueue) && !byDispatcher.IsAssignableFrom(queue))
                throw new ArgumentException($"produced message queue type [{queue}] does not fulfill requirement for dispatcher [{props.Dispatcher}]: [{byDispatcher}]");
            if (byActor != typeof(object) && !byActor.IsAssignableFrom(queue))
                throw new ArgumentException($"produced message queue type [{queue}] does not fulfill requirement for actor class [{props.Type}]: [{byActor}]");
            return type;
        }

        if (props.Deploy.Mailbox != Deploy.NoMailboxGiven) return Verified(Lookup(props.Deploy.Mailbox));
        var ofDispatcher = dispatcherConfig.GetString("mailbox-type", "");
        if (!string.IsNullOrEmpty(ofDispatcher)) return Verified(Lookup(dispatcherConfig.GetString("id", "")!));
        if (byActor != typeof(object)) return Verified(LookupByQueueType(byActor));
        return Verified(byDispatcher != typeof(IMessageQueue) ? LookupByQueueType(byDispatcher) : Lookup(DefaultMailboxId));
    }

    public int StashCapacity(string dispatcher, string mailbox)
    {
        var config = _system.Settings.Config;
        if (dispatcher == Dispatchers.DefaultDispatcherId && mailbox == DefaultMailboxId) return config.GetInt(DefaultMailboxId + ".stash-capacity", -1);
        var fallback = config.GetInt(DefaultMailboxId + ".stash-capacity", -1);
        var ofDispatcher = config.GetInt(dispatcher + ".stash-capacity", fallback);
        return mailbox == DefaultMailboxId ? ofDispatcher : config.GetInt(mailbox + ".stash-capacity", ofDispatcher);
    }

    private MailboxType Make(string id)
    {
        if (id == "unbounded") return new UnboundedMailbox();
        var all = _system.Settings.Config;
        if (!all.HasPath(id)) throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var config = ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(all.GetConfig(id)).WithFallback(all.GetConfig(DefaultMailboxId));
        var name = config.GetString("mailbox-type", "");
        if (string.IsNullOrEmpty(name)) throw new ConfigurationException($"The setting mailbox-type defined in [{id}] is empty");
        // Every system starts with these two: finding and making types by name would cost the start milliseconds.
        switch (name)
        {
            case "Akka.Dispatch.UnboundedMailbox": return new UnboundedMailbox(_system.Settings, config);
            case "Akka.Event.LoggerMailboxType": return new Event.LoggerMailboxType(_system.Settings, config);
        }
        var type = Type.GetType(name) ?? throw new ConfigurationException($"Cannot find mailbox MailboxType [{name}] as defined in [{id}]");
        return (MailboxType)ActorFactory.Create(type, [_system.Settings, config]);
    }

    private Dictionary<Type, string> ReadRequirements()
    {
        var ids = new Dictionary<Type, string>();
        foreach (var (name, value) in _system.Settings.Config.GetConfig(Requirements)!.AsEnumerable())
            ids[Type.GetType(name) ?? throw new ConfigurationException($"Type [{name}] as mapped in {Requirements} could not be found.")] = value.GetString()!;
        return ids;
    }

    private static Type? ProducedQueue(Type mailboxType)
    {
        foreach (var contract in mailboxType.GetInterfaces())
            if (contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>)) return contract.GetGenericArguments()[0];
        return null;
    }
}
