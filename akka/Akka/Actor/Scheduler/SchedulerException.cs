namespace Akka.Actor;

/// <summary>The scheduler cannot take work: it was shut down.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);
