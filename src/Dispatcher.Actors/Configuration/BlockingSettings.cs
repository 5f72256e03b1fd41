namespace Dispatcher.Actors.Configuration;

/// <summary>The workers of a pool's blocking handlers, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record BlockingSettings
{
    /// <summary><c>blocking.workers</c></summary>
    public required int Workers { get; init; }

    /// <summary><c>blocking.dispatcher</c></summary>
    public required string Dispatcher { get; init; }

    /// <summary><c>blocking.task-types</c></summary>
    public required IReadOnlyList<string> TaskTypes { get; init; }

    /// <summary>Whether a type of task is named here.</summary>
    /// <param name="taskType">The type.</param>
    public bool Names(Type taskType)
    {
        ArgumentNullException.ThrowIfNull(taskType);
        return TaskTypes.Contains(taskType.Name) || (taskType.FullName is { } name && TaskTypes.Contains(name));
    }
}
