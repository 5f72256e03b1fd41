using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Request and reply.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) => self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = Open<T>(self, timeout, cancellationToken);
        future.DeliverAsk(message, self);
        return future.Task;
    }

    /// <summary>With a message that carries the reference to reply to.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = Open<T>(self, timeout, cancellationToken);
        future.DeliverAsk(messageFactory(future), self);
        return future.Task;
    }

    private static FutureActorRef<T> Open<T>(ICanTell self, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider: Ask needs an actor reference or selection of a running system.", nameof(self));
        var after = timeout ?? provider.Settings.AskTimeout;
        return new FutureActorRef<T>(provider, after == Timeout.InfiniteTimeSpan || after <= TimeSpan.Zero ? null : after, cancellationToken);
    }

    private static IActorRefProvider? ProviderOf(ICanTell self) => self switch
    {
        ActorSelection { Anchor: IInternalActorRef anchor } => anchor.Provider,
        IInternalActorRef internalRef => internalRef.Provider,
        _ => null,
    };
}

/// <summary>
/// The temporary reference that an Ask waits at. It is the task itself, holds its own time-out and cancellation, and has a path below
/// <c>/temp</c> only once somebody looks at the path.
/// </summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private readonly TimeSpan? _timeout;
    private CancellationTokenRegistration _cancellation;
    private ActorPath? _path;
    private Timer? _timer;
    private List<IInternalActorRef>? _watchers;
    private object? _target;

    internal FutureActorRef(IActorRefProvider provider, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        _result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider = provider;
        _timeout = timeout;
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((FutureActorRef<T>)state!).Cancel(token), this);
    }

    internal Task<T> Task => _result.Task;

    public override IActorRefProvider Provider => _provider;
    public override IInternalActorRef Parent => _provider.TempContainer;
    public override bool IsTerminated => _result.Task.IsCompleted;

    /// <summary>Registers the reference under /temp on first use, which only a look-up by path needs.</summary>
    public override ActorPath Path
    {
        get
        {
            if (Volatile.Read(ref _path) is { } known) return known;
            var path = _provider.TempPath();
            if (Interlocked.CompareExchange(ref _path, path, null) is { } first) return first;
            _provider.RegisterTempActor(this, path);
            if (IsTerminated) _provider.UnregisterTempActor(path); // answered in between: nobody else would take it out
            return path;
        }
    }

    /// <summary>Sends the question; the time-out runs from here.</summary>
    public virtual void DeliverAsk(object message, ICanTell destination)
    {
        _target = destination;
        if (_timeout is { } timeout && !IsTerminated)
        {
            _timer = new Timer(static state => ((FutureActorRef<T>)state!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
            if (IsTerminated) _timer.Dispose();
        }
        destination.Tell(message, this);
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var won = message switch
        {
            ISystemMessage system => HandleSystem(system),
            Status.Failure failure => _result.TrySetException(failure.Cause ?? new TaskCanceledException("Status.Failure without a cause")),
            T reply => _result.TrySetResult(reply),
            null => default(T) is null && _result.TrySetResult(default!),
            _ => _result.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (won) Close();
    }

    private bool HandleSystem(ISystemMessage message)
    {
        SendSystemMessage(message);
        return false;
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Terminate:
                Stop();
                break;
            case Watch watch when watch.Watchee.Equals(this):
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this):
                lock (_result) _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    public override void Stop()
    {
        if (_result.TrySetException(new ActorKilledException("The Ask's reference was stopped."))) Close();
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        lock (_result)
        {
            if (!IsTerminated)
            {
                (_watchers ??= []).Add(watcher);
                return;
            }
        }
        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    private void TimeOut()
    {
        if (_result.TrySetException(new AskTimeoutException($"Timeout after {_timeout} while waiting for a reply of type {typeof(T)} from {_target}."))) Close();
    }

    private void Cancel(CancellationToken token)
    {
        if (_result.TrySetCanceled(token)) Close();
    }

    /// <summary>Runs once, by whoever completed the task.</summary>
    private void Close()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
        if (Volatile.Read(ref _path) is { } path) _provider.UnregisterTempActor(path);
        List<IInternalActorRef>? watchers;
        lock (_result) (watchers, _watchers) = (_watchers, null);
        if (watchers is null) return;
        foreach (var watcher in watchers) watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }
}
