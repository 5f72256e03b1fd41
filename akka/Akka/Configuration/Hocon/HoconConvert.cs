using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Text to numbers, booleans, durations and sizes. A failure names the path (where known), the text and what is allowed.</summary>
internal static class HoconConvert
{
    private const NumberStyles Floating = NumberStyles.Float | NumberStyles.AllowThousands;

    private static NumberFormatInfo Invariant => NumberFormatInfo.InvariantInfo;

    public static bool ToBoolean(string? text, string? path = null) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new NotSupportedException(Message(path, text, "on, off, true, false, yes or no")),
    };

    public static int ToInt(string? text, string? path = null) => (int)Integer(text, path, int.MinValue, int.MaxValue);
    public static long ToLong(string? text, string? path = null) => Integer(text, path, long.MinValue, long.MaxValue);

    public static float ToFloat(string? text, string? path = null) =>
        float.TryParse(text, Floating, Invariant, out var number) ? number : throw Malformed(path, text, "a number");

    public static double ToDouble(string? text, string? path = null) =>
        double.TryParse(text, Floating, Invariant, out var number) ? number : throw Malformed(path, text, "a number");

    public static decimal ToDecimal(string? text, string? path = null) =>
        decimal.TryParse(text, NumberStyles.Number, Invariant, out var number) ? number : throw Malformed(path, text, "a number");

    /// <summary>A number and a unit (<c>10 s</c>, <c>0.5ms</c>), a bare number of milliseconds, or <c>infinite</c>.</summary>
    public static TimeSpan ToTimeSpan(string? text, bool allowInfinite = true, string? path = null)
    {
        var unitStart = text == null ? 0 : text.Length;
        while (unitStart > 0 && char.IsAsciiLetter(text![unitStart - 1]))
            unitStart--;

        if (double.TryParse(text.AsSpan(0, unitStart), Floating, Invariant, out var number) && number >= 0)
        {
            var ticks = Math.Round(number * TicksPerUnit(text!, unitStart));
            if (ticks < long.MaxValue)
                return new TimeSpan((long)ticks);
        }

        if (allowInfinite && string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        throw Malformed(path, text, allowInfinite ? "a duration such as 10s, 500ms, 1 minute or infinite" : "a finite duration such as 10s, 500ms or 1 minute");
    }

    /// <summary>A whole number and a unit: <c>128000b</c>, <c>1KiB</c>, <c>1 MB</c>. One letter means powers of 1024; case matters.</summary>
    public static long? ToByteSize(string? text, string? path = null)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        var unitStart = text.Length;
        while (unitStart > 0 && !char.IsAsciiDigit(text[unitStart - 1]))
            unitStart--;

        var factor = BytesPerUnit(text.AsSpan(unitStart).Trim());
        if (factor == 0 || unitStart == 0)
            throw Malformed(path, text, "a size such as 128000b, 64KiB or 1 MB");

        var number = Integer(text.Substring(0, unitStart), path, long.MinValue, long.MaxValue);
        return Math.BigMul(number, factor, out var bytes) == bytes >> 63
            ? bytes
            : throw new OverflowException(Message(path, text, "a size below 8 EiB"));
    }

    // The short units on their own: the long switch costs half a millisecond to compile, and a start seldom needs it.
    private static double TicksPerUnit(string text, int unitStart) => (text.Length - unitStart) switch
    {
        0 => TimeSpan.TicksPerMillisecond,
        1 when text[unitStart] == 's' => TimeSpan.TicksPerSecond,
        1 when text[unitStart] == 'm' => TimeSpan.TicksPerMinute,
        2 when text[unitStart] == 'm' && text[unitStart + 1] == 's' => TimeSpan.TicksPerMillisecond,
        _ => TicksPerUnit(text.AsSpan(unitStart)),
    };

    /// <summary>Not a number for an unknown unit, and so is every product of it.</summary>
    private static double TicksPerUnit(ReadOnlySpan<char> unit) => unit switch
    {
        "nanoseconds" or "nanosecond" or "nanos" or "nano" or "ns" => 0.01,
        "microseconds" or "microsecond" or "micros" or "micro" or "us" => TimeSpan.TicksPerMicrosecond,
        "milliseconds" or "millisecond" or "millis" or "milli" => TimeSpan.TicksPerMillisecond,
        "seconds" or "second" => TimeSpan.TicksPerSecond,
        "minutes" or "minute" => TimeSpan.TicksPerMinute,
        "hours" or "hour" or "h" => TimeSpan.TicksPerHour,
        "days" or "day" or "d" => TimeSpan.TicksPerDay,
        _ => double.NaN,
    };

    private static long BytesPerUnit(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "b" or "B" or "byte" or "bytes" => 1,
        "kB" or "kilobyte" or "kilobytes" => 1_000,
        "MB" or "megabyte" or "megabytes" => 1_000_000,
        "GB" or "gigabyte" or "gigabytes" => 1_000_000_000,
        "TB" or "terabyte" or "terabytes" => 1_000_000_000_000,
        "PB" or "petabyte" or "petabytes" => 1_000_000_000_000_000,
        "EB" or "exabyte" or "exabytes" => 1_000_000_000_000_000_000,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
        "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
        _ => 0,
    };

    private static long Integer(string? text, string? path, long min, long max)
    {
        if (long.TryParse(text, NumberStyles.Integer, Invariant, out var number) && number >= min && number <= max)
            return number;

        // A whole number that is too large is told apart from what is no number at all.
        throw decimal.TryParse(text, NumberStyles.Integer, Invariant, out _)
            ? new OverflowException(Message(path, text, $"a whole number from {min} to {max}"))
            : Malformed(path, text, "a whole number");
    }

    private static SystemException Malformed(string? path, string? text, string expected) => text == null
        ? new ArgumentNullException(path, Message(path, text, expected))
        : new FormatException(Message(path, text, expected));

    private static string Message(string? path, string? text, string expected) =>
        $"{(path == null ? "Configuration value" : $"Configuration '{path}'")}: found {(text == null ? "no text" : $"'{text}'")}, expected {expected}.";
}
