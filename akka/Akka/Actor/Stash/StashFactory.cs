using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Makes the stash that an actor asks for by its interface.</summary>
public static class StashFactory
{
    public static IStash CreateStash<T>(this IActorContext context) where T : ActorBase => CreateStash(context, typeof(T));

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) => CreateStash(context, actorInstance.GetType());

    /// <exception cref="ArgumentException">The type is no actor with a stash.</exception>
    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        if (typeof(IWithUnboundedStash).IsAssignableFrom(actorType)) return new UnboundedStashImpl(context);
        if (typeof(IWithUnrestrictedStash).IsAssignableFrom(actorType)) return new BoundedStashImpl(context);
        throw new ArgumentException(
            $"Actor [{actorType}] has no stash that is known: implement {nameof(IWithUnboundedStash)}, {nameof(IWithBoundedStash)} or {nameof(IWithStash)}.", nameof(actorType));
    }
}
