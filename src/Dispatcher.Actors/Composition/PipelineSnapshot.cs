namespace Dispatcher.Actors.Composition;

/// <summary>A run of a pipeline at one moment. <see cref="Read"/> = <see cref="Inside"/> + the sum of <see cref="Ended"/>.</summary>
/// <param name="Read">Items that were taken from the source.</param>
/// <param name="Ended">Items that have come out, by outcome; those that nobody took because the enumeration was left are among them.</param>
/// <param name="Stages">The stages, in their order.</param>
public sealed record PipelineSnapshot(long Read, OutcomeTally Ended, IReadOnlyList<StageSnapshot> Stages)
{
    /// <summary>Items in buffers and stages; never more than <see cref="PipelineRun{TSource, TValue}.Capacity"/>.</summary>
    public long Inside => Read - Ended.Total;
}

/// <summary>A stage at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Buffered">Items that wait before it, at most its <see cref="StageOptions.Buffer"/>.</param>
/// <param name="Running">Its tasks on their way, at most its <see cref="StageOptions.Concurrency"/>.</param>
/// <param name="Ended">Items that it gave an outcome, by kind.</param>
public sealed record StageSnapshot(string Name, int Buffered, int Running, OutcomeTally Ended);
