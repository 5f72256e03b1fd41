namespace Dispatcher.Actors.Tests.Support;

internal static class TokenExtensions
{
    /// <summary>Ends when the token is cancelled.</summary>
    public static Task WhenCancelled(this CancellationToken token)
    {
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        token.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), cancelled);
        return cancelled.Task;
    }
}
