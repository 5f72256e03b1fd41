using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with a bounded stash over a bounded deque.</summary>
public interface IWithBoundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IBoundedDequeBasedMessageQueueSemantics>;
