using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with an unbounded stash over an unbounded deque.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;
