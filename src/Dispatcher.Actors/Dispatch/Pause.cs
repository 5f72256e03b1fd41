namespace Dispatcher.Actors.Dispatch;

/// <summary>Waits for a time, without a thread.</summary>
internal static class Pause
{
    /// <summary>Ends after the time, or when the token is cancelled; does not throw.</summary>
    /// <param name="wait">How long.</param>
    /// <param name="time">The time.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task ForAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return;
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration early = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), over);
        ITimer timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), over, wait, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
            await over.Task.ConfigureAwait(false);
    }
}
