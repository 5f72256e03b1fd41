using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>A behaviour: handles a message, or tells that it does not.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles whatever comes.</summary>
public delegate void UntypedReceive(object message);

/// <summary>What the engine sees of an actor.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}

/// <summary>Base of every actor: handles one message at a time, on the turn of its cell.</summary>
public abstract class ActorBase : IInternalActor
{
    /// <summary>Stands for the running instance's own <see cref="Receive"/>: one delegate for all actors instead of one each.</summary>
    private static readonly Receive OwnReceive = static message => InternalCurrentActorCellKeeper.Current!.Actor!.Receive(message);

    private readonly ActorCell _cell;
    private bool _cleared;

    /// <exception cref="ActorInitializationException">Made with <c>new</c> instead of through Props.</exception>
    protected ActorBase()
    {
        _cell = InternalCurrentActorCellKeeper.Current
            ?? throw new ActorInitializationException("You cannot create an instance of this type explicitly using 'new': use ActorOf and Props instead.");
        if (this is IWithTimers timed) timed.Timers = _cell.MakeTimers(); // here, so that constructors may start timers
    }

    IActorContext IInternalActor.ActorContext => _cell;

    protected static Receive EmptyReceive { get; } = static _ => false;

    protected IActorRef Sender => _cell.Sender;

    protected IActorRef Self => _cell.Self;

    /// <exception cref="NotSupportedException">No actor runs on this thread, for example after an await of a PipeTo source.</exception>
    protected static IActorContext Context => InternalCurrentActorCellKeeper.Current
        ?? throw new NotSupportedException("There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    internal ActorCell Cell => _cell;

    protected abstract bool Receive(object message);

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (!(ReferenceEquals(receive, OwnReceive) ? Receive(message) : receive(message))) Unhandled(message);
        return true;
    }

    internal bool InvokeReceive(Receive? behavior, object message) => AroundReceive(behavior ?? OwnReceive, message);

    /// <summary>Throws <see cref="DeathPactException"/> for a Terminated, publishes an UnhandledMessage for all else.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        _cell.System.EventStream.Publish(new Event.UnhandledMessage(message, Sender, Self));
    }

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    internal SupervisorStrategy MakeSupervisorStrategy() => SupervisorStrategy();

    protected virtual void PreStart() { }

    protected virtual void PostStop() { }

    /// <summary>Unwatches and stops all children, then calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }
        PostStop();
    }

    /// <summary>Calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop()
    {
        _cell.CancelTimers();
        PostStop();
    }

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        _cell.CancelTimers();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    protected void Become(Receive receive) => _cell.Become(receive);

    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    internal bool IsCleared => _cleared;

    /// <summary>The instance is done: what still refers to it must not act through it.</summary>
    internal void Clear() => _cleared = true;
}

/// <summary>An actor with one method for whatever comes.</summary>
public abstract class UntypedActor : ActorBase
{
    protected UntypedActor() { }

    protected new static IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    /// <summary>Runs <paramref name="action"/> as an asynchronous turn: user messages wait until its task is done.</summary>
    protected void RunTask(Action action) => Dispatch.ActorTaskScheduler.RunTask(action);

    protected void RunTask(Func<Task> action) => Dispatch.ActorTaskScheduler.RunTask(action);

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
