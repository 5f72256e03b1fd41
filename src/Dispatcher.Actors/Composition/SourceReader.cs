using System.Threading.Channels;

namespace Dispatcher.Actors.Composition;

/// <summary>Reads the source into the first buffer, item by item, no faster than there is room.</summary>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <param name="source">The items.</param>
/// <param name="flow">The run.</param>
/// <param name="output">The first buffer.</param>
internal sealed class SourceReader<TSource>(
    IAsyncEnumerable<TSource> source, Flow flow, ChannelWriter<PipelineItem<TSource, TSource>> output)
{
    private const string NoStage = "";

    /// <summary>Reads until the source ends, throws, or nobody wants more.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ReadAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (flow.ReadToken.IsCancellationRequested)
        {
            // The source's answer to our own request.
        }
        catch (Exception error)
        {
            flow.SourceError = error;
        }
        finally
        {
            output.Complete();
        }
    }

    private async Task ReadAsync()
    {
        IAsyncEnumerator<TSource> items = source.GetAsyncEnumerator(flow.ReadToken);
        bool owned = true;
        try
        {
            while (!flow.ReadToken.IsCancellationRequested)
            {
                Task<bool> next = items.MoveNextAsync().AsTask();
                if (!next.IsCompleted)
                {
                    owned = false;
                    if (!await TryAwaitAsync(next, items).ConfigureAwait(false))
                        return;
                    owned = true;
                }

                if (!await next.ConfigureAwait(false))
                    return;
                // Not given up for any token: what was read gets its outcome. The stages empty the buffer in any case.
                await output.WriteAsync(Begin(items.Current)).ConfigureAwait(false);
            }
        }
        finally
        {
            if (owned)
                await items.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A source may ignore its token. Nobody waits for it then: it is disposed of when it answers, and what it answers was never read.
    private async Task<bool> TryAwaitAsync(Task<bool> slow, IAsyncEnumerator<TSource> items)
    {
        TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (flow.ReadToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), given))
            await Task.WhenAny(slow, given.Task).ConfigureAwait(false);
        if (slow.IsCompleted)
            return true;
        _ = DisposeLaterAsync(slow, items);
        return false;
    }

    private static async Task DisposeLaterAsync(Task<bool> slow, IAsyncEnumerator<TSource> items)
    {
        // Nobody is left to tell of an error.
        await ((Task)slow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync().ConfigureAwait(false);
    }

    private PipelineItem<TSource, TSource> Begin(TSource item) =>
        new(flow.CountRead(), item, NoStage, TaskOutcome<TSource>.Completed(item));
}
