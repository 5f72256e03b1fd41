namespace Akka.Actor;

/// <summary>Tells messages later, once or again and again. It is also the system's source of time.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>The same scheduler for callbacks. They run on its own thread: they must be short and must not touch an actor's state.</summary>
    IAdvancedScheduler Advanced { get; }
}
