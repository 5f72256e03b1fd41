using System.Globalization;
using System.Text;
using Akka.Configuration;

namespace Akka.Hosting;

/// <summary>Writes .NET values as HOCON.</summary>
public static class HoconExtensions
{
    private const string QuotedCharacters = "[]$\"\\{}:=,#`^?!@*&";

    /// <summary>The text, quoted and escaped where HOCON would read anything else out of it. Null becomes the literal null.</summary>
    public static string ToHocon(this string? text)
    {
        if (text is null) return "null";

        var quote = text.Length == 0;
        var escaped = new StringBuilder(text.Length + 2);
        foreach (var c in text) quote |= AppendEscaped(escaped, c) || QuotedCharacters.Contains(c, StringComparison.Ordinal);
        return quote ? escaped.Insert(0, '"').Append('"').ToString() : escaped.ToString();
    }

    public static string ToHocon(this bool value) => value ? "on" : "off";
    public static string ToHocon(this int value) => value.ToString(CultureInfo.InvariantCulture);
    public static string ToHocon(this long value) => value.ToString(CultureInfo.InvariantCulture);
    public static string ToHocon(this float value) => value.ToString(CultureInfo.InvariantCulture);
    public static string ToHocon(this double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Milliseconds, or "infinite" for a negative time (and for zero where <paramref name="zeroIsInfinite"/>).</summary>
    /// <exception cref="ConfigurationException">The time is infinite and <paramref name="allowInfinite"/> is false.</exception>
    public static string ToHocon(this TimeSpan value, bool allowInfinite = false, bool zeroIsInfinite = false)
    {
        if (value > TimeSpan.Zero || (value == TimeSpan.Zero && !zeroIsInfinite)) return value.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        return allowInfinite ? "infinite" : throw new ConfigurationException($"Infinite value is not allowed: {value}.");
    }

    /// <summary>Appends the character as it stands inside quotes; true where it had to be escaped.</summary>
    internal static bool AppendEscaped(StringBuilder text, char c)
    {
        var escape = c switch { '\\' or '"' or '/' => c, '\b' => 'b', '\f' => 'f', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => '\0' };
        if (escape != '\0') text.Append('\\').Append(escape);
        else if (c > '\u00ff') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        else text.Append(c);
        return escape != '\0' || c > '\u00ff';
    }
}
