using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and tells when it is gone.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => GracefulStop(target, timeout, PoisonPill.Instance);

    /// <summary>True once the actor has stopped; canceled where it has not within <paramref name="timeout"/>.</summary>
    /// <remarks>Its name may be taken a little longer: the parent learns of the stop on its own turn.</remarks>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watchee = (IInternalActorRef)target;
        var watcher = new StopWatcher(watchee.Provider);
        watchee.Provider.RegisterTempActor(watcher, watcher.Path);
        try
        {
            watchee.SendSystemMessage(new Watch(watchee, watcher));
            target.Tell(stopMessage, ActorRefs.NoSender);
            return await watcher.Stopped.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
            throw new TaskCanceledException($"[{target.Path}] did not stop within {timeout} of [{stopMessage}].");
        }
        finally
        {
            watchee.Provider.UnregisterTempActor(watcher.Path);
        }
    }

    /// <summary>A watcher that is no actor, only a promise.</summary>
    private sealed class StopWatcher(IActorRefProvider provider) : MinimalActorRef
    {
        private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ActorPath Path { get; } = provider.TempPath();
        public override IActorRefProvider Provider => provider;
        internal Task<bool> Stopped => _stopped.Task;

        public override void SendSystemMessage(ISystemMessage message)
        {
            if (message is DeathWatchNotification) _stopped.TrySetResult(true);
        }
    }
}
