namespace Dispatcher.Actors.Configuration;

/// <summary>A class of a pool's workers beside the default one, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record ClassSettings
{
    /// <summary><c>workers</c></summary>
    public required int Workers { get; init; }

    /// <summary><c>dispatcher</c></summary>
    public required string Dispatcher { get; init; }

    /// <summary><c>task-types</c></summary>
    public required IReadOnlyList<string> TaskTypes { get; init; }

    /// <summary><c>io.concurrency</c>; null where it is the pool's.</summary>
    public int? Concurrency { get; init; }

    /// <summary><c>cpu.cores</c>; none where the threads are bound to nothing.</summary>
    public IReadOnlyList<int> Cores { get; init; } = [];

    /// <summary><c>long.nice</c>; 0 where the threads are as the others.</summary>
    public int Nice { get; init; }

    /// <summary>Which setting changes the workers' threads; null for none.</summary>
    internal string? ThreadSetting => Cores.Count > 0 ? "cores" : Nice > 0 ? "nice" : null;

    /// <summary>Whether a type of task is named here.</summary>
    /// <param name="taskType">The type.</param>
    public bool Names(Type taskType)
    {
        ArgumentNullException.ThrowIfNull(taskType);
        return TaskTypes.Any(name => IsName(name, taskType));
    }

    /// <summary>Whether a text is a type's name, with or without its namespace.</summary>
    internal static bool IsName(string name, Type taskType) => name == taskType.Name || name == taskType.FullName;
}
