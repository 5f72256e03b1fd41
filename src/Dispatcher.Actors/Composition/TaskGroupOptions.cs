namespace Dispatcher.Actors.Composition;

/// <summary>What applies to a group of tasks.</summary>
public sealed record TaskGroupOptions
{
    internal static readonly TaskGroupOptions Default = new();

    /// <summary>How many of its tasks are on their way at most: waiting in the pool or running there. 1 to 4096, default 64.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Whether the first task that does not complete cancels the rest. Default false: all are run.</summary>
    public bool FailFast { get; init; }

    /// <summary>
    /// How long the whole group may take. Each task gets what remains when it is handed in, or its own deadline where that is sooner; those that are
    /// not handed in by then end as Expired. Null for no limit. Zero or less: all end as Expired.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The options of each task; null for the pool's defaults.</summary>
    public TaskOptions? Task { get; init; }

    /// <inheritdoc cref="StageOptions.MaxRefusals"/>
    public int MaxRefusals { get; init; } = StageOptions.Default.MaxRefusals;

    /// <summary>The time of the deadline, the same as the pool's. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Verify()
    {
        ArgumentNullException.ThrowIfNull(Time);
        Bounds.Verify(MaxConcurrency, 1, StageOptions.MaxConcurrency, "Group", nameof(MaxConcurrency));
        Bounds.Verify(MaxRefusals, 0, StageOptions.MostRefusals, "Group", nameof(MaxRefusals));
    }
}
