using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The messages that control a test actor; everything else it queues for the test.</summary>
public static class TestActor
{
    public delegate bool Ignore(object message);

    /// <summary>Drops messages for which the function answers true; null drops none.</summary>
    public class SetIgnore(Ignore ignore) : INoSerializationVerificationNeeded
    {
        public Ignore Ignore { get; } = ignore;
    }

    /// <summary>Lets the test actor watch an actor.</summary>
    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToWatch;

        internal TaskCompletionSource? Done { get; init; }
    }

    /// <summary>Lets the test actor stop watching an actor.</summary>
    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToUnwatch;

        internal TaskCompletionSource? Done { get; init; }
    }

    /// <summary>Installs a pilot.</summary>
    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    /// <summary>Makes a child of the test actor, whose reference is queued for the test.</summary>
    internal sealed record Spawn(Props Props, string? Name) : INoSerializationVerificationNeeded;
}
