using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>Names a task. Unique in its process; prints as 16 hexadecimal digits.</summary>
/// <param name="Value">The number behind the digits, at least 1 for a real task.</param>
public readonly record struct TaskId(long Value) : ISpanParsable<TaskId>
{
    private const int Digits = 16;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> printed.</summary>
    /// <param name="s">16 hexadecimal digits.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not 16 hexadecimal digits.</exception>
    public static TaskId Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static TaskId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out TaskId id) ? id : throw new FormatException($"'{s}' is not a task id: 16 hexadecimal digits expected.");

    /// <summary>Reads what <see cref="ToString"/> printed.</summary>
    /// <param name="s">16 hexadecimal digits.</param>
    /// <param name="result">The id; default where the text is none.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, out TaskId result) => TryParse(s.AsSpan(), null, out result);

    /// <inheritdoc cref="TryParse(string?, out TaskId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TaskId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string?, out TaskId)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TaskId result)
    {
        bool ok = long.TryParse(s, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value) && s.Length == Digits;
        result = ok ? new TaskId(value) : default;
        return ok;
    }
}
