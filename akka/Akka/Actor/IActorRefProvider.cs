using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Makes and finds references; the local one is the default, remoting and clustering bring theirs.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }
    LocalActorRef Guardian { get; }
    LocalActorRef SystemGuardian { get; }
    IActorRef DeadLetters { get; }
    IActorRef IgnoreRef { get; }
    ActorPath RootPath { get; }
    Settings Settings { get; }
    Deployer Deployer { get; }
    IInternalActorRef TempContainer { get; }
    Address DefaultAddress { get; }
    Serialization.Information SerializationInformation { get; }

    /// <summary>Done when every actor of the system has stopped.</summary>
    Task TerminationTask { get; }

    IActorRef RootGuardianAt(Address address);
    void Init(ActorSystemImpl system);
    ActorPath TempPath();
    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);
    void UnregisterTempActor(ActorPath path);
    IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async);
    IActorRef ResolveActorRef(string path);
    IActorRef ResolveActorRef(ActorPath actorPath);
    Address? GetExternalAddressFor(Address address);
}
