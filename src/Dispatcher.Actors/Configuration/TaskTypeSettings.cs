namespace Dispatcher.Actors.Configuration;

/// <summary>What a type of task has of its own; whatever it does not set is its pool's.</summary>
public sealed record TaskTypeSettings
{
    /// <summary><c>retries</c></summary>
    public required RetrySettings Retries { get; init; }
}
