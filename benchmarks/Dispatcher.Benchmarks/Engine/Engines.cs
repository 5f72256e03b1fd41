using Akka.Actor;
using Akka.Configuration;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>The actor systems of the engine's workloads: as they come, but quiet.</summary>
internal static class Engines
{
    public static ActorSystem Start() =>
        ActorSystem.Create("bench", ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off, log-dead-letters-during-shutdown = off }"));
}
