using System.Buffers;

namespace Dispatcher.Actors.Workers.Failures;

/// <summary>
/// Names a set of errors, as settings write it: <c>any</c>, <c>transient</c>, an error class, or the name of an exception with or without its namespace,
/// which stands for those derived from it too; a star at its end stands for any ending.
/// </summary>
internal sealed class ErrorPattern
{
    /// <summary>What a pattern may be, for messages.</summary>
    public const string Expected = "expected names of exceptions such as TimeoutException or System.Net.*, error classes, transient or any";

    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+`");

    private readonly string _name;
    private readonly bool _isPrefix;

    private ErrorPattern(string text)
    {
        _isPrefix = text.EndsWith('*');
        _name = text.TrimEnd('*');
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern; null if it is none.</param>
    public static bool TryParse(string text, out ErrorPattern? pattern)
    {
        ReadOnlySpan<char> name = text.EndsWith('*') ? text.AsSpan()[..^1] : text;
        pattern = name.Length > 0 && !name.ContainsAnyExcept(s_letters) ? new ErrorPattern(text) : null;
        return pattern != null;
    }

    /// <summary>Reads patterns that were checked.</summary>
    /// <param name="texts">The texts.</param>
    /// <exception cref="ArgumentException">One is none.</exception>
    public static ErrorPattern[] ParseAll(IReadOnlyList<string> texts)
    {
        ErrorPattern[] patterns = new ErrorPattern[texts.Count];
        for (int i = 0; i < patterns.Length; i++)
            patterns[i] = TryParse(texts[i], out ErrorPattern? pattern) ? pattern! : throw new ArgumentException($"'{texts[i]}': {Expected}.", nameof(texts));
        return patterns;
    }

    /// <summary>Whether one of several names an error.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="error">The exception.</param>
    /// <param name="errorClass">Its class.</param>
    public static bool AnyMatches(ErrorPattern[] patterns, Exception error, string errorClass)
    {
        foreach (ErrorPattern pattern in patterns)
        {
            if (pattern.Matches(error, errorClass))
                return true;
        }

        return false;
    }

    /// <summary>Whether it names an error.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="errorClass">Its class.</param>
    public bool Matches(Exception error, string errorClass)
    {
        if (!_isPrefix && _name is "any" or "transient")
            return _name == "any" || TransientErrors.Contains(error);
        if (IsMe(errorClass))
            return true;
        for (Type? type = ErrorClasses.Unwrap(error).GetType(); type != null && type != typeof(object); type = type.BaseType)
        {
            if (IsMe(type.Name) || IsMe(type.FullName ?? ""))
                return true;
        }

        return false;
    }

    private bool IsMe(string name) =>
        _isPrefix ? name.StartsWith(_name, StringComparison.Ordinal) : string.Equals(name, _name, StringComparison.Ordinal);
}
