namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>What a submission with an idempotency key comes to.</summary>
internal enum OnceJoin : byte
{
    /// <summary>It is the first of its key, and has to hand the task in.</summary>
    First,

    /// <summary>It has joined a task that is in flight, or was given the outcome of one that has ended.</summary>
    Joined,

    /// <summary>The key belongs to a task with another payload.</summary>
    OtherPayload,
}
