using System.Globalization;
using Dispatcher.Actors;

namespace Dispatcher.Host.Cli;

/// <summary>Figures as a person reads them, the same in every locale.</summary>
internal static class Format
{
    private static readonly string[] s_byteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 file", "2 files".</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";

    /// <summary>How a pool's tasks ended: "61,534 tasks: 61,530 completed, 4 failed."</summary>
    /// <param name="pool">The pool at its end.</param>
    public static string Ends(PoolSnapshot pool)
    {
        (long Count, string End)[] ends =
        [
            (pool.Completed, "completed"), (pool.Failed, "failed"), (pool.Rejected, "rejected"), (pool.Expired, "expired"),
            (pool.Cancelled, "cancelled"), (pool.Abandoned, "abandoned"),
        ];
        string told = string.Join(", ", ends.Where(end => end.Count > 0).Select(end => $"{Count(end.Count)} {end.End}"));
        return $"{Count(pool.Submitted, "task")}{(told.Length > 0 ? ": " : "")}{told}.";
    }

    /// <summary>Decimal units: 1 kB is 1000 B.</summary>
    public static string Bytes(double bytes)
    {
        int unit = 0;
        for (; bytes >= 999.5 && unit < s_byteUnits.Length - 1; unit++)
            bytes /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{Digits(unit == 0 ? Math.Round(bytes) : bytes, unit == 0)} {s_byteUnits[unit]}");
    }

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "-",
        { TotalMilliseconds: < 0.9995 } micros => string.Create(CultureInfo.InvariantCulture, $"{micros.TotalMicroseconds:0} us"),
        { TotalSeconds: < 0.9995 } millis => $"{Digits(millis.TotalMilliseconds, false)} ms",
        { TotalSeconds: < 60 } seconds => $"{Digits(seconds.TotalSeconds, false)} s",
        { } longer => Clock(longer),
    };

    /// <summary>Minutes and seconds, with hours when there are any.</summary>
    public static string Clock(TimeSpan duration) => duration.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration.Minutes:00}:{duration.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}");

    public static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}x");

    private static string Digits(double value, bool whole) =>
        value.ToString(whole || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
