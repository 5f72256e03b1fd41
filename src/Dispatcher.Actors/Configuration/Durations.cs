using System.Buffers;
using System.Globalization;

namespace Dispatcher.Actors.Configuration;

/// <summary>Durations as configuration writes them: a number and a unit, such as 10s, 500ms, 1.5 minutes.</summary>
internal static class Durations
{
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] s_units =
    [
        ("ms", 1e-3), ("millis", 1e-3), ("milliseconds", 1e-3), ("millisecond", 1e-3),
        ("us", 1e-6), ("micros", 1e-6), ("microseconds", 1e-6), ("microsecond", 1e-6),
        ("ns", 1e-9), ("nanos", 1e-9), ("nanoseconds", 1e-9), ("nanosecond", 1e-9),
        ("s", 1), ("seconds", 1), ("second", 1),
        ("m", 60), ("minutes", 60), ("minute", 60),
        ("h", 3600), ("hours", 3600), ("hour", 3600),
        ("d", 86400), ("days", 86400), ("day", 86400),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <returns>Whether it is one, and not negative.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        int digits = trimmed.IndexOfAnyExcept(s_number);
        if (digits <= 0 || !double.TryParse(trimmed[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return false;
        ReadOnlySpan<char> unit = trimmed[digits..].Trim();
        foreach ((string name, double seconds) in s_units)
        {
            if (!unit.SequenceEqual(name))
                continue;
            double ticks = number * seconds * TimeSpan.TicksPerSecond;
            if (ticks >= long.MaxValue)
                return false;
            duration = new TimeSpan((long)Math.Round(ticks));
            return true;
        }

        return false;
    }

    /// <summary>Writes a duration in the greatest unit that leaves a whole number.</summary>
    /// <param name="duration">The duration.</param>
    public static string Print(TimeSpan duration)
    {
        (string Unit, long Ticks)[] units = [("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)];
        foreach ((string unit, long ticks) in units)
        {
            if (duration.Ticks != 0 && duration.Ticks % ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.######}ms");
    }
}
