namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>A task with an idempotency key, as the table of them sees it.</summary>
internal interface IOnceRun
{
    /// <summary>Its key.</summary>
    OnceKey Key { get; }

    /// <summary>Its payload.</summary>
    object Payload { get; }

    /// <summary>Until when its outcome is kept, a timestamp; 0 before that. Under the table's lock.</summary>
    long KeptUntil { get; set; }
}
