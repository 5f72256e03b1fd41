namespace Akka.Actor;

/// <summary>The machine's own time.</summary>
public class DateTimeOffsetNowTimeProvider : IDateTimeOffsetNowTimeProvider
{
    private DateTimeOffsetNowTimeProvider() { }

    public static DateTimeOffsetNowTimeProvider Instance { get; } = new();

#pragma warning disable RS0030 // This is the source of time that everything else takes its time from.
    public DateTimeOffset Now => DateTimeOffset.UtcNow;
#pragma warning restore RS0030
    public TimeSpan MonotonicClock => Util.MonotonicClock.Elapsed;
    public TimeSpan HighResMonotonicClock => Util.MonotonicClock.ElapsedHighRes;
}
