using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Dispatch;

/// <content>Callbacks on the tokens of handlers.</content>
internal sealed partial class PoolCore
{
    /// <summary>
    /// Cancels a handler's token. What waits for it is the handler's code: it runs on the thread pool, neither in the pool's sweep nor in the caller who
    /// cancels, and what it throws ends here. In virtual time it runs at once: it must be through before that time goes on.
    /// </summary>
    /// <param name="source">The token's source; null where the handler has not asked for it.</param>
    public void Cancel(CancellationTokenSource? source)
    {
        if (source != null)
            _ = CancelAsync(source);
    }

    private async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            if (Clock.IsVirtual)
                source.Cancel();
            else
                await source.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.CallbackThrew(Settings.Name, error);
        }
    }
}
