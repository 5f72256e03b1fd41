using System.Threading.Channels;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Composition;

/// <summary>
/// A stage at work: takes items from its buffer, runs their tasks, hands them on. It holds as many items as its concurrency, those that wait for
/// room behind it included; that is what slows down the stages before it.
/// </summary>
/// <typeparam name="TSource">What goes into the pipeline.</typeparam>
/// <typeparam name="TIn">What comes to the stage.</typeparam>
/// <typeparam name="TOut">What the stage makes of it.</typeparam>
/// <param name="spec">The stage.</param>
/// <param name="flow">The run.</param>
/// <param name="input">The buffer before it.</param>
/// <param name="output">The buffer behind it.</param>
internal sealed class StageRun<TSource, TIn, TOut>(
    StageSpec<TIn, TOut> spec, Flow flow, ChannelReader<PipelineItem<TSource, TIn>> input, ChannelWriter<PipelineItem<TSource, TOut>> output)
    : IStageView
{
    private readonly OutcomeTallyCounter _ended = new();
    private int _running;

    /// <inheritdoc/>
    public StageSnapshot Snapshot() => new(spec.Name, input.Count, Volatile.Read(ref _running), _ended.Tally);

    /// <summary>Hands items on as they end.</summary>
    public async Task RunAsync()
    {
        Task[] lanes = new Task[spec.Options.Concurrency];
        for (int i = 0; i < lanes.Length; i++)
            lanes[i] = RunLaneAsync();
        await CompleteAfterAsync(Task.WhenAll(lanes)).ConfigureAwait(false);
    }

    /// <summary>Hands items on in the order in which they come.</summary>
    public Task RunInOrderAsync() => CompleteAfterAsync(RunChainAsync());

    private async Task CompleteAfterAsync(Task work)
    {
        Exception? bug = null;
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            bug = error;
            throw;
        }
        finally
        {
            output.Complete(bug);
        }
    }

    private async Task RunLaneAsync()
    {
        while (await input.WaitToReadAsync().ConfigureAwait(false))
        {
            while (input.TryRead(out PipelineItem<TSource, TIn> item))
                await output.WriteAsync(await ProcessAsync(item).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    // Each item waits for the one before it to be handed on: a chain of as many links as the stage may hold items.
    private async Task RunChainAsync()
    {
        using SemaphoreSlim places = new(spec.Options.Concurrency);
        Task last = Task.CompletedTask;
        while (true)
        {
            // The place first: an item that waits for one is still in the buffer.
            await places.WaitAsync().ConfigureAwait(false);
            if (!await input.WaitToReadAsync().ConfigureAwait(false))
                break;
            if (input.TryRead(out PipelineItem<TSource, TIn> item))
                last = HandOnAfterAsync(last, ProcessAsync(item), places);
            else
                places.Release();
        }

        await last.ConfigureAwait(false);
    }

    private async Task HandOnAfterAsync(Task previous, ValueTask<PipelineItem<TSource, TOut>> processing, SemaphoreSlim places)
    {
        try
        {
            PipelineItem<TSource, TOut> item = await processing.ConfigureAwait(false);
            await previous.ConfigureAwait(false);
            await output.WriteAsync(item).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    private async ValueTask<PipelineItem<TSource, TOut>> ProcessAsync(PipelineItem<TSource, TIn> item)
    {
        if (item.Outcome.Detail is { } end)
            return new(item.Index, item.Source, item.Stage, TaskOutcome<TOut>.Ended(end));
        Interlocked.Increment(ref _running);
        TaskOutcome<TOut> outcome = await RunTaskAsync(item.Outcome.Result!, item.Index).ConfigureAwait(false);
        Interlocked.Decrement(ref _running);
        _ended.Count(outcome.Kind);
        if (!outcome.IsCompleted)
            flow.OnNotCompleted(item.Index, spec.Name, outcome.Kind);
        return new(item.Index, item.Source, spec.Name, outcome);
    }

    private async ValueTask<TaskOutcome<TOut>> RunTaskAsync(TIn value, long index)
    {
        try
        {
            if (flow.Stop is { } stopped)
                return TaskOutcome<TOut>.Ended(stopped);
            ITask<TOut> task = spec.TaskOf(value, index);
            TaskOptions? options = spec.OptionsOf(value);
            for (int refusals = 0; ; refusals++)
            {
                TaskOutcome<TOut> outcome =
                    await spec.Dispatcher.RunAsync(task, flow.Limit(options), flow.RunToken).ConfigureAwait(false);
                if (outcome.Kind == OutcomeKind.Cancelled && flow.Stop is Cancelled why)
                    return TaskOutcome<TOut>.Ended(why);
                if (RefusalBackoff.Next(outcome.Detail, refusals, spec.Options.MaxRefusals, index) is not { } wait)
                    return outcome;
                await Pause.ForAsync(flow.Remaining < wait ? flow.Remaining.Value : wait, flow.Time, flow.RunToken).ConfigureAwait(false);
                if (flow.Stop is { } reason)
                    return TaskOutcome<TOut>.Ended(reason);
            }
        }
        catch (Exception error)
        {
            // Of the caller's functions: the item's failure, and no other's.
            return TaskOutcome<TOut>.Ended(new Failed(error, error.GetType().Name, 1));
        }
    }
}
