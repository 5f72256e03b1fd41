namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What a bucket says to one task.</summary>
/// <param name="IsTaken">Whether the task has its share.</param>
/// <param name="Delay">With a share: how long until the task's moment. Without: how long until a new try would have one. Timestamp units.</param>
/// <param name="Word">What the bucket's word became; needed to give the share back.</param>
/// <param name="IsClosed">Whether the bucket was closed and said nothing: look for its successor.</param>
internal readonly record struct RateTake(bool IsTaken, long Delay, long Word, bool IsClosed)
{
    /// <summary>The bucket is closed.</summary>
    public static readonly RateTake Closed = new(false, 0, 0, true);

    /// <summary>There was a share.</summary>
    /// <param name="delay">How long until the task's moment.</param>
    /// <param name="word">The bucket's new word.</param>
    public static RateTake Taken(long delay, long word) => new(true, delay, word, false);

    /// <summary>There was none.</summary>
    /// <param name="delay">How long until there is one.</param>
    public static RateTake Refused(long delay) => new(false, delay, 0, false);
}
