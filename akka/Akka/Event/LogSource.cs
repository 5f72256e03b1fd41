using Akka.Actor;

namespace Akka.Event;

/// <summary>Names the origin of a log event: actors by their path, everything else by string or type name.</summary>
public struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    public string Source { get; }
    public Type Type { get; }

    public static LogSource Create(object o) => new(o switch
    {
        IActorContext context => context.Self.Path.ToString(),
        IActorRef actor => actor.Path.ToString(),
        string name => name,
        Type type => Logging.SimpleName(type),
        _ => Logging.SimpleName(o),
    }, SourceType(o));

    public static LogSource Create(object o, ActorSystem system) => new(o switch
    {
        IActorContext context => FromActor(context, system),
        IActorRef actor => FromActorRef(actor, system),
        string name => FromString(name, system),
        Type type => FromType(type, system),
        _ => FromType(o.GetType(), system),
    }, SourceType(o));

    public static LogSource Create(string source, Type t) => new(source, t);

    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        string => typeof(DummyClassForStringSources),
        _ => o.GetType(),
    };

    public static string FromType(Type t, ActorSystem system) => Logging.SimpleName(t) + " (" + system + ")";
    public static string FromString(string source, ActorSystem system) => source + " (" + system + ")";
    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);
    public static string FromActorRef(IActorRef a, ActorSystem system) => a.Path.ToStringWithAddress(((ExtendedActorSystem)system).Provider.DefaultAddress);
}
