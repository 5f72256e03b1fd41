namespace Akka.Actor.Setup;

/// <summary>One programmatic part of an actor system's set-up.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
