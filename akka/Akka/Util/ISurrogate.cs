using Akka.Actor;

namespace Akka.Util;

/// <summary>What goes over the wire in place of a type that cannot.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}
