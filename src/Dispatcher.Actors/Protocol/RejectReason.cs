namespace Dispatcher.Actors;

/// <summary>Why a task was refused.</summary>
public enum RejectReason : byte
{
    /// <summary>The pool's intake, and its waiting line where it has one, is full.</summary>
    QueueFull,

    /// <summary>The bounded mailbox of the chosen worker is full.</summary>
    MailboxFull,

    /// <summary>The pool has stopped.</summary>
    Stopped,

    /// <summary>The pool is about to stop and takes nothing new.</summary>
    Draining,

    /// <summary>Given up in favour of a more urgent task.</summary>
    Shed,

    /// <summary>The rate limit is spent.</summary>
    RateLimited,

    /// <summary>The concurrency limit is reached.</summary>
    ConcurrencyLimited,

    /// <summary>Its tenant has filled its share of the queue.</summary>
    TenantLimited,

    /// <summary>The circuit breaker is open.</summary>
    BreakerOpen,

    /// <summary>The pool has no handler for this type of task.</summary>
    NoHandler,

    /// <summary>The payload is larger than the pool allows.</summary>
    PayloadTooLarge,

    /// <summary>The pool has no worker that could run it.</summary>
    NoWorkers,

    /// <summary>Its idempotency key belongs to a task with another payload.</summary>
    OtherPayload,
}
