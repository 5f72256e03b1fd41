using Xunit.Sdk;

namespace Dispatcher.TestKit.Support;

/// <summary>Lets tests wait for a condition without looking at it all the time: whoever changes something that conditions look at beats.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something has changed.</summary>
    public void Beat() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a condition.</summary>
    /// <param name="isSo">The condition.</param>
    /// <param name="within">How long, in real time.</param>
    /// <param name="message">What to say when it does not come.</param>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan within, Func<string> message)
    {
        using CancellationTokenSource limit = new(within);
        while (true)
        {
            // Taken before the look: a change after the look ends it.
            Task next = Volatile.Read(ref _next).Task;
            if (isSo())
                return;
            await next.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested && !isSo())
                throw new XunitException(message());
        }
    }
}
