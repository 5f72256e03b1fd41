namespace Dispatcher.Actors.Composition;

/// <summary>The outcomes of a group: one for each of its tasks.</summary>
/// <typeparam name="TResult">What a task's handler returns.</typeparam>
public sealed class TaskGroupResult<TResult>
{
    internal TaskGroupResult(TaskOutcome<TResult>[] outcomes, OutcomeTally tally, int? firstFailure)
    {
        Outcomes = outcomes;
        Tally = tally;
        FirstFailure = firstFailure;
    }

    /// <summary>The outcomes, in the order of the tasks.</summary>
    public IReadOnlyList<TaskOutcome<TResult>> Outcomes { get; }

    /// <summary>How many outcomes there are of each kind; their sum is the number of tasks.</summary>
    public OutcomeTally Tally { get; }

    /// <summary>Whether every task completed.</summary>
    public bool IsCompleted => FirstFailure == null;

    /// <summary>The number of the task that was the first, in time, not to complete; null where all did.</summary>
    public int? FirstFailure { get; }

    /// <summary>The results in the order of the tasks, for callers that prefer exceptions.</summary>
    /// <returns>The handlers' results.</returns>
    /// <exception cref="TaskOutcomeException">A task did not complete: the outcome of the first such task.</exception>
    public TResult[] GetResultsOrThrow()
    {
        if (FirstFailure is { } first)
            Outcomes[first].GetResultOrThrow();
        TResult[] results = new TResult[Outcomes.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = Outcomes[i].GetResultOrThrow();
        return results;
    }
}
