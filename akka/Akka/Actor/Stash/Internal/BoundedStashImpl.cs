namespace Akka.Actor.Internal;

/// <summary>A stash with the capacity that the deployment or the mailbox says.</summary>
public class BoundedStashImpl(IActorContext context) : AbstractStash(context);
