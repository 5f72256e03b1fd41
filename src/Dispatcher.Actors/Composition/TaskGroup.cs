using System.Runtime.CompilerServices;

namespace Dispatcher.Actors.Composition;

/// <summary>
/// Runs many tasks of one pool in parallel: fan-out with a bound, fan-in with an outcome for every task. A pipeline of one stage, whose source is read
/// to its end whatever happens.
/// </summary>
public static class TaskGroup
{
    private const string Stage = "group";

    /// <summary>Runs a group, and ends when each of its tasks has ended.</summary>
    /// <typeparam name="TResult">What a task's handler returns.</typeparam>
    /// <param name="dispatcher">The pool.</param>
    /// <param name="tasks">The tasks; enumerated at once.</param>
    /// <param name="options">What applies to the group; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the group: tasks that run are asked to stop, the others end as Cancelled without being handed in.</param>
    /// <returns>The outcomes, in the order of the tasks. A cancelled group is no exception.</returns>
    /// <exception cref="ArgumentException">One of the tasks is null; the message has its number.</exception>
    public static async Task<TaskGroupResult<TResult>> RunAsync<TResult>(
        ITaskDispatcher dispatcher, IEnumerable<ITask<TResult>> tasks, TaskGroupOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ITask<TResult>[] all = [.. tasks];
        if (Array.IndexOf(all, null) is var missing and >= 0)
            throw new ArgumentException($"Task {missing} of {all.Length} is null.", nameof(tasks));
        options ??= TaskGroupOptions.Default;
        options.Verify();
        // No more lanes than tasks.
        options = options with { MaxConcurrency = Math.Clamp(all.Length, 1, options.MaxConcurrency) };
        PipelineRun<ITask<TResult>, TResult> run = Begin(dispatcher, all, options, cancellationToken);
        TaskOutcome<TResult>[] outcomes = new TaskOutcome<TResult>[all.Length];
        await foreach (PipelineItem<ITask<TResult>, TResult> item in run.ConfigureAwait(false))
            outcomes[item.Index] = item.Outcome;
        return new TaskGroupResult<TResult>(outcomes, run.Flow.Ended, (int?)run.Flow.FirstFailure);
    }

    /// <summary>Runs a group, and hands out each outcome as it comes. Tasks are read, and handed in, no faster than the outcomes are taken.</summary>
    /// <remarks>Leaving the enumeration early cancels the tasks that run, and waits for their end; the rest is not read.</remarks>
    /// <typeparam name="TResult">What a task's handler returns.</typeparam>
    /// <param name="dispatcher">The pool.</param>
    /// <param name="tasks">The tasks; enumerated on demand.</param>
    /// <param name="options">What applies to the group; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the group: tasks that run are asked to stop, the others end as Cancelled without being handed in.</param>
    /// <returns>An outcome for each task, in the order of their ends. A cancelled group is no exception.</returns>
    public static IAsyncEnumerable<TaskGroupItem<TResult>> StreamAsync<TResult>(
        ITaskDispatcher dispatcher, IEnumerable<ITask<TResult>> tasks, TaskGroupOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        options ??= TaskGroupOptions.Default;
        options.Verify();
        // The run has the caller's token; this one would be the enumerator's.
        return ItemsAsync(Begin(dispatcher, tasks, options, cancellationToken), CancellationToken.None);
    }

    private static async IAsyncEnumerable<TaskGroupItem<TResult>> ItemsAsync<TResult>(
        PipelineRun<ITask<TResult>, TResult> run, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (PipelineItem<ITask<TResult>, TResult> item in run.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return new TaskGroupItem<TResult>((int)item.Index, item.Outcome);
    }

    private static PipelineRun<ITask<TResult>, TResult> Begin<TResult>(
        ITaskDispatcher dispatcher, IEnumerable<ITask<TResult>> tasks, TaskGroupOptions options, CancellationToken cancellationToken)
    {
        StageOptions bounds = new()
        {
            Concurrency = options.MaxConcurrency,
            Buffer = 1,
            MaxRefusals = options.MaxRefusals,
            Task = options.Task,
        };
        StageSpec<ITask<TResult>, TResult> spec = new(Stage, dispatcher, static task => task, bounds, null);
        Flow flow = new(new FlowLimits(options.FailFast, ReadsToEnd: true, options.Deadline, options.Time), cancellationToken);
        return new PipelineRun<ITask<TResult>, TResult>(
            new StageStep<ITask<TResult>, ITask<TResult>, TResult>(new SourceStep<ITask<TResult>>(), spec),
            SequenceSource.Of(tasks),
            new PipelineOptions { OutputBuffer = options.MaxConcurrency },
            flow);
    }
}
