namespace Akka.Actor;

/// <summary>A source of time. What decides must use one of the monotonic clocks.</summary>
public interface ITimeProvider
{
    DateTimeOffset Now { get; }
    TimeSpan MonotonicClock { get; }
    TimeSpan HighResMonotonicClock { get; }
}
