namespace Akka.Actor.Internal;

/// <summary>Which cell has its turn on this thread.</summary>
public static class InternalCurrentActorCellKeeper
{
    [ThreadStatic]
    private static ActorCell? _current;

    public static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }
}

/// <summary>An actor that wants a call between its constructor and PreStart.</summary>
public interface IInitializableActor
{
    void Init();
}
