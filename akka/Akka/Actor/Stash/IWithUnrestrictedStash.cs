namespace Akka.Actor;

/// <summary>An actor with a stash that does not choose its mailbox itself; the mailbox it is given must be a deque.</summary>
public interface IWithUnrestrictedStash : IActorStash;
