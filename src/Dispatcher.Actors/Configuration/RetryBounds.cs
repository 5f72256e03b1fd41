namespace Dispatcher.Actors.Configuration;

/// <summary>What retries may be set to, by configuration or by code.</summary>
internal static class RetryBounds
{
    /// <summary>The most attempts.</summary>
    public const int MaxAttempts = 100;

    /// <summary>The most workers that may go down under a task.</summary>
    public const int MaxPoison = 20;

    /// <summary>The shortest duration.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest duration.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
}
