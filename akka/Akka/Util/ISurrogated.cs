using Akka.Actor;

namespace Akka.Util;

/// <summary>A type that is replaced by a surrogate when it is serialized.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}
