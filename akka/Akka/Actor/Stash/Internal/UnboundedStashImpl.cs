namespace Akka.Actor.Internal;

/// <summary>A stash without a limit.</summary>
public class UnboundedStashImpl(IActorContext context) : AbstractStash(context)
{
    public override int Capacity => -1;
}
