using System.Threading.Channels;

namespace Dispatcher.Actors.Composition;

/// <summary>
/// One run of a pipeline. To be enumerated once; each item that was read comes out once, with its outcome. One who enumerates slowly slows down the
/// source. Leaving the enumeration early cancels what is inside, and waits for its end.
/// </summary>
/// <remarks>
/// The enumeration throws after the last item where the source threw, with the source's own exception, and where a token was cancelled
/// (<see cref="OperationCanceledException"/>). It ends quietly after <see cref="StopReading"/> and after a fail-fast end, whose items tell.
/// The functions that make tasks run on the thread pool, one item at a time for each unit of a stage's concurrency.
/// </remarks>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <typeparam name="TValue">What comes out.</typeparam>
public sealed class PipelineRun<TSource, TValue> : IAsyncEnumerable<PipelineItem<TSource, TValue>>
{
    private readonly Flow _flow;
    private readonly RunPlan<TSource> _plan;
    private readonly ChannelReader<PipelineItem<TSource, TValue>> _output;
    private int _enumerated;

    internal PipelineRun(PipelineStep<TSource, TValue> last, IAsyncEnumerable<TSource> source, PipelineOptions options, Flow flow)
    {
        _flow = flow;
        _plan = new RunPlan<TSource>(source, flow, options.PreserveOrder);
        _output = last.Build(_plan, options.OutputBuffer);
        Capacity = last.Capacity + options.OutputBuffer;
    }

    /// <summary>How many items can be inside at most: in all buffers and stages, and one that waits at the door.</summary>
    public int Capacity { get; }

    internal Flow Flow => _flow;

    /// <summary>Ends the run gracefully: reads no further, what was read goes its way, and the enumeration ends after it.</summary>
    public void StopReading() => _flow.StopReading();

    /// <summary>The run at this moment.</summary>
    /// <returns>A copy.</returns>
    public PipelineSnapshot Snapshot()
    {
        // What came out first: an item that moves meanwhile is rather seen inside than lost.
        OutcomeTally ended = _flow.Ended;
        return new PipelineSnapshot(_flow.Read, ended, _plan.Stages());
    }

    /// <summary>Enumerates the run for those who want no item, only the counts.</summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The run at its end.</returns>
    public async Task<PipelineSnapshot> RunToEndAsync(CancellationToken cancellationToken = default)
    {
        IAsyncEnumerator<PipelineItem<TSource, TValue>> items = GetAsyncEnumerator(cancellationToken);
        await using (items.ConfigureAwait(false))
        {
            while (await items.MoveNextAsync().ConfigureAwait(false))
            {
                // Counted already.
            }
        }

        return Snapshot();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was enumerated before.</exception>
    public IAsyncEnumerator<PipelineItem<TSource, TValue>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _enumerated, 1) != 0)
            throw new InvalidOperationException("A run of a pipeline is enumerated once. Run the pipeline again for another one.");
        return EnumerateAsync(cancellationToken);
    }

    private async IAsyncEnumerator<PipelineItem<TSource, TValue>> EnumerateAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration caller = _flow.Begin();
        using CancellationTokenRegistration enumerator =
            cancellationToken.UnsafeRegister(static flow => ((Flow)flow!).CancelByCaller(), _flow);
        Task parts = _plan.Start();
        bool all = false;
        try
        {
            // Not given up for a token: the flow has it, and the items inside still come out.
            while (await _output.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (_output.TryRead(out PipelineItem<TSource, TValue> item))
                {
                    _flow.CountEnded(item.Outcome.Kind);
                    yield return item;
                }
            }

            all = true;
        }
        finally
        {
            if (!all)
                await LeaveAsync().ConfigureAwait(false);
            await parts.ConfigureAwait(false);
        }

        _flow.ThrowIfCut(cancellationToken);
    }

    private async Task LeaveAsync()
    {
        _flow.Abort();
        while (await _output.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_output.TryRead(out PipelineItem<TSource, TValue> item))
                _flow.CountEnded(item.Outcome.Kind);
        }
    }
}
