using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>A key of <c>hocon/reference.conf</c>: where it stands, its default, and what its comment says of its values.</summary>
internal sealed partial record ReferenceKey(string Path, string Default, string Comment)
{
    /// <summary>What has to be set besides for it to have an effect.</summary>
    public string With { get; init; } = "";

    /// <summary>What kind of value it takes, by its default and its comment.</summary>
    public ValueKind Kind =>
        Default.StartsWith('[') ? ValueKind.List
        : DurationRange().IsMatch(Comment) ? ValueKind.Duration
        : NumberRange().IsMatch(Comment) ? ValueKind.Number
        : Comment.Contains("the path of its configuration", StringComparison.Ordinal) ? ValueKind.SectionPath
        : Comment.Contains("URL", StringComparison.Ordinal) ? ValueKind.Url
        : Comment.Contains("The class.", StringComparison.Ordinal) ? ValueKind.Class
        : ValueKind.Choice;

    /// <summary>The least value, as the comment states it; null where it is another key's value.</summary>
    public string? Min => Range("min");

    /// <summary>The greatest value.</summary>
    public string Max => Range("max")!;

    /// <summary>Whether other keys narrow the range.</summary>
    public bool IsRelative => Relative().IsMatch(Comment);

    /// <summary>Whether the comment offers a word instead of a value.</summary>
    public bool Offers(string word) => Comment.Contains($"or {word}", StringComparison.Ordinal);

    /// <summary>Whether the comment has a word.</summary>
    public bool Mentions(string word) => Regex.IsMatch(Comment, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])");

    /// <summary>The same key at another place.</summary>
    public ReferenceKey At(string path, string with = "") => this with { Path = path, With = with };

    /// <summary>The number of a bound: itself, or the milliseconds of a duration.</summary>
    public double Measure(string bound) => Kind == ValueKind.Duration
        ? Durations.TryParse(bound, out TimeSpan span) ? span.TotalMilliseconds : throw new FormatException($"{Path}: '{bound}' is no duration")
        : double.Parse(bound, CultureInfo.InvariantCulture);

    private string? Range(string group)
    {
        Match match = Kind == ValueKind.Duration ? DurationRange().Match(Comment) : NumberRange().Match(Comment);
        return match.Groups[group] is { Success: true, Value: not "min" } bound ? bound.Value : null;
    }

    [GeneratedRegex(@"duration from (?<min>[\d.]+[a-z]+) to (?<max>[\d.]+[a-z]+)")]
    private static partial Regex DurationRange();

    [GeneratedRegex(@"(?<![\w-])(?<min>\d[\d.]*|min) to (?<max>\d[\d.]*\d|\d)(?!\d*[a-z])")]
    private static partial Regex NumberRange();

    [GeneratedRegex(@"not below|not above|no less than|no more than|at most half|at most what|in which at most|min to|from min")]
    private static partial Regex Relative();
}

/// <summary>Kinds of values.</summary>
internal enum ValueKind
{
    Number,
    Duration,
    Choice,
    List,
    SectionPath,
    Url,
    Class,
}
