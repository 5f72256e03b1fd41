namespace Dispatcher.Actors.Diagnosis;

/// <summary>The diagnosis of an actor system's pools, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record DiagnosisSettings
{
    /// <summary><c>diagnosis.every</c>; null for off.</summary>
    public required TimeSpan? Every { get; init; }

    /// <summary><c>diagnosis.kept</c></summary>
    public required int Kept { get; init; }

    /// <summary><c>diagnosis.tasks.limit</c></summary>
    public required TimeSpan TaskLimit { get; init; }

    /// <summary><c>diagnosis.tasks.factor</c></summary>
    public required double TaskFactor { get; init; }

    /// <summary><c>diagnosis.tasks.least</c></summary>
    public required TimeSpan TaskLeast { get; init; }

    /// <summary><c>diagnosis.tasks.enough</c></summary>
    public required int TaskEnough { get; init; }

    /// <summary><c>diagnosis.tasks.watched</c></summary>
    public required int TasksWatched { get; init; }

    /// <summary><c>diagnosis.queue.looks</c></summary>
    public required int QueueLooks { get; init; }

    /// <summary><c>diagnosis.threads.wait</c></summary>
    public required TimeSpan ThreadWait { get; init; }

    /// <summary><c>diagnosis.heap.collections</c></summary>
    public required int HeapCollections { get; init; }

    /// <summary><c>diagnosis.heap.growth-percent</c></summary>
    public required int HeapGrowthPercent { get; init; }

    /// <summary><c>diagnosis.heap.least-mib</c></summary>
    public required int HeapLeastMib { get; init; }
}
