namespace Dispatcher.TestKit.Support;

/// <summary>Waits by a given time.</summary>
internal static class Timed
{
    /// <summary>Ends after a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellationToken">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static async Task WaitAsync(TimeProvider time, TimeSpan wait, CancellationToken cancellationToken)
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ITimer timer = time.CreateTimer(static over => ((TaskCompletionSource)over!).TrySetResult(), over, wait, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
            await over.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
