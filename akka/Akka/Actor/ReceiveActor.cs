using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>An actor whose behaviour is a list of typed handlers, tried in the order in which they were registered.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private Handler[]? _building = [];
    private Handler[] _initial = [];

    protected ReceiveActor() { }

    void IInitializableActor.Init()
    {
        _initial = _building ?? [];
        _building = null;
    }

    protected sealed override void OnReceive(object message)
    {
        if (!Handle(_initial, message)) Unhandled(message);
    }

    protected void Become(Action configure) => Context.Become(Configure(configure));

    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Configure(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Add(new ActionHandler<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler));

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new ActionHandler<object>(handler, OfType(messageType, shouldHandle)));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new FuncHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    protected void ReceiveAny(Action<object> handler) => Add(new ActionHandler<object>(handler, null));

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Receive(Turn(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Receive(Turn(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) => Receive(messageType, Turn(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => Receive(messageType, Turn(handler), shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Turn(handler));

    private void Add(Handler handler)
    {
        if (_building is null) throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        if (_building.Length > 0 && _building[^1].TakesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        Array.Resize(ref _building, _building.Length + 1);
        _building[^1] = handler;
    }

    private Receive Configure(Action configure)
    {
        var outer = _building;
        _building = [];
        try
        {
            configure();
            var handlers = _building;
            return message => Handle(handlers, message);
        }
        finally
        {
            _building = outer;
        }
    }

    private static bool Handle(Handler[] handlers, object message)
    {
        foreach (var handler in handlers)
            if (handler.Handle(message)) return true;
        return false;
    }

    private static Action<T> Turn<T>(Func<T, Task> handler) => message => Dispatch.ActorTaskScheduler.RunTask(() => handler(message));

    private static Predicate<object> OfType(Type type, Predicate<object>? shouldHandle) =>
        shouldHandle is null ? type.IsInstanceOfType : message => type.IsInstanceOfType(message) && shouldHandle(message);

    private abstract class Handler
    {
        /// <summary>A handler that takes everything: none after it could ever run.</summary>
        internal virtual bool TakesAll => false;

        internal abstract bool Handle(object message);
    }

    private sealed class ActionHandler<T>(Action<T> action, Predicate<T>? shouldHandle) : Handler
    {
        internal override bool TakesAll => typeof(T) == typeof(object) && shouldHandle is null;

        internal override bool Handle(object message)
        {
            if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed))) return false;
            action(typed);
            return true;
        }
    }

    private sealed class FuncHandler<T>(Func<T, bool> func) : Handler
    {
        internal override bool Handle(object message) => message is T typed && func(typed);
    }
}
