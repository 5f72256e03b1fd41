namespace Akka.Actor;

/// <summary>Marks a source of time that tells the machine's own time.</summary>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider;
