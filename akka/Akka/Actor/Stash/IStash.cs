namespace Akka.Actor;

/// <summary>Where an actor puts messages aside to take them up again later. Only for use inside that actor.</summary>
public interface IStash
{
    /// <summary>Puts the message in hand aside; a second time for the same message throws <see cref="IllegalActorStateException"/>.</summary>
    void Stash();

    /// <summary>Puts the oldest stashed message at the head of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all stashed messages before those in the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts the stashed messages that match before those in the mailbox, in their order; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Empties the stash and returns what was in it.</summary>
    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);

    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }

    /// <summary>How many messages it holds; -1 where there is no limit.</summary>
    int Capacity { get; }
}
