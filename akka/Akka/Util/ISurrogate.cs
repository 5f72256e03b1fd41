using Akka.Actor;

namespace Akka.Util;

/// <summary>Stands in for an object that cannot be written as it is.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>An object that is written as its surrogate.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}

/// <summary>The surrogate of what never leaves its process: the object itself.</summary>
internal sealed class LocalSurrogate(ISurrogated subject) : ISurrogate
{
    public ISurrogated FromSurrogate(ActorSystem system) => subject;
}
