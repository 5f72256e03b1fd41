namespace Akka.Actor;

/// <summary>A scheduler of callbacks.</summary>
public interface IAdvancedScheduler : IActionScheduler;
