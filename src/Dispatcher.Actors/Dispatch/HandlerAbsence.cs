namespace Dispatcher.Actors.Dispatch;

/// <summary>How a worker does without a handler that does not come back from an abandoned task.</summary>
internal enum HandlerAbsence
{
    /// <summary>Nobody has noticed an absence.</summary>
    None,

    /// <summary>Its place is kept for it: the pool has no more replacements.</summary>
    Kept,

    /// <summary>Its place was replaced.</summary>
    Replaced,

    /// <summary>It is back.</summary>
    Returned,
}
