using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>Something that is wrong, and lasts: found by the diagnosis, and ended by it when its cause has gone.</summary>
public sealed record Finding
{
    /// <summary>What it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The pool, with its class of workers unless that is the default; null where it is about the process.</summary>
    public required string? Pool { get; init; }

    /// <summary>The type of task; null where it is about none.</summary>
    public required string? TaskType { get; init; }

    /// <summary>Since when, as far as the looks of the diagnosis can tell, by the wall clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>The figures that show it, as of the last look.</summary>
    public required string Evidence { get; init; }

    /// <summary>When it had ended; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where, for a person: the process, a pool, a type of task in a pool.</summary>
    public string Where => Pool == null ? "process" : TaskType == null ? $"pool {Pool}" : $"pool {Pool}, {TaskType}";

    /// <summary>What it is, for a person.</summary>
    public string What => Kind switch
    {
        FindingKind.TaskNeverEnds => "tasks run far longer than their like",
        FindingKind.HandlerStuck => "handlers do not come back from abandoned tasks",
        FindingKind.QueueGrows => "the queue's tasks get ever older",
        FindingKind.ThreadsStarved => "work waits for a thread",
        _ => "the heap grows with each full collection",
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Where}: {What} since {Since:HH:mm:ss}: {Evidence}");
}
