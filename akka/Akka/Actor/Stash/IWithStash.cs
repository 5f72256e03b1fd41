using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with a stash over any mailbox that is a deque, bounded where the mailbox says so.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;
