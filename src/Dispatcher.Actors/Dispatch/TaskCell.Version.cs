namespace Dispatcher.Actors.Dispatch;

/// <content>Tasks whose handler has two versions, of which one is rolled out.</content>
internal abstract partial class TaskCell
{
    /// <summary>Whether somebody asked the running handler to stop, for another reason than that its time is over.</summary>
    public bool IsCancelled => IsCancelRequested && AwaitCancelReason() is not Expired;

    // The handler goes on, and nobody will wait for it: that is a failure of the version that it belongs to.
    private void CountGivenUp() => Extras?.TakeVersion()?.OnFailed();
}
