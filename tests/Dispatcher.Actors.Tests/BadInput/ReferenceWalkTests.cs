using System.Text.RegularExpressions;
using Dispatcher.Actors.Configuration;
using static Dispatcher.Actors.Tests.BadInput.ReferencePlaces;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>
/// Every key of <c>hocon/reference.conf</c>, at every place where it may stand, with values that it does not take: the start is refused, and the error names
/// the full path, the value given, and what is allowed, as the key's comment says it. The table is the file itself; so a key that nobody validates, and a
/// comment that states another range than the reader's, fail here.
/// </summary>
public sealed partial class ReferenceWalkTests
{
    /// <summary>Keys that take any value of their kind, and why.</summary>
    private static readonly (string Ending, string Why)[] s_any =
    [
        (".task-types", "names of the application's types; a name without a handler is refused where the handlers are known"),
        (".tasks", "names of the application's types, of any pool, and of breakers' targets, which come at run time"),
        (".pools", "names of pools, which may start later"),
    ];

    /// <summary>Keys that Akka reads, and how it refuses what it does not take.</summary>
    private static readonly (string Ending, string Why)[] s_akka =
    [
        ("-dispatcher.type", "Akka finds the dispatcher by it: see AkkaSectionTests"),
        ("service-requests-done.timeout", "a key of Akka's own, with another default"),
    ];

    public static TheoryData<string> Keys => [.. ReferenceFile.Keys.Where(static key => !IsAkkas(key)).Select(static key => key.Path)];

    public static TheoryData<string> Sections => [.. ReferenceFile.Sections.Select(static section => section.Path)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_WithAValueThatItDoesNotTake_IsRefusedWithPathValueAndRange(string path)
    {
        List<string> wrong = [];
        foreach (ReferenceKey place in ReferencePlaces.Of(Find(path)))
            VerifyAll(wrong, place);
        AssertNone(wrong);
    }

    [Fact]
    public void Name_WithAValueThatItDoesNotTake_IsRefusedWithPathValueAndRange()
    {
        List<string> wrong = [];
        foreach (ReferenceKey place in Named)
            VerifyAll(wrong, place);
        AssertNone(wrong);
        Assert.Equal(4, Named.Count());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_SetByCodeToWhatItDoesNotTake_IsRefusedWithPathValueAndRange(string path)
    {
        ReferenceKey key = Find(path);
        string place = path.Replace(Defaults, Own, StringComparison.Ordinal);
        List<string> wrong = [];
        foreach (object value in CodeValue.Of(key).Where(value => !(IsAny(key) && value is string)))
        {
            Dictionary<string, object> Code(string section) => place.StartsWith(section, StringComparison.Ordinal) ? new() { [place[section.Length..]] = value } : [];
            IReadOnlyList<SettingsError> errors = StartCheck.Errors("", Code(Own), Code(OfAlerts), Code(OfDiagnosis));
            if (!place.StartsWith("dispatcher.mailbox", StringComparison.Ordinal))
                Verify(wrong, key.At(place), new BadValue($"{value}", ""), errors, isCode: true);
        }

        AssertNone(wrong);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_WithTheBoundsOfItsCommentAndTheWordsThatItOffers_IsTaken(string path)
    {
        ReferenceKey key = Find(path);
        List<string> good = [key.Default, .. new[] { "auto", "off" }.Where(key.Offers)];
        if (key.Kind is ValueKind.Number or ValueKind.Duration)
            good.AddRange(key.Min is { } min && !key.IsRelative ? [min, key.Max] : key.IsRelative ? [] : [key.Max]);
        AssertNone([.. good.SelectMany(value => StartCheck.Errors($"{path} = {value}").Where(error => error.Path == path && !IsIdle(error)).Select(error => $"{error}"))]);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_Misspelt_IsUnknownAndTheRightOneIsNamed(string path)
    {
        List<string> wrong = [];
        foreach (ReferenceKey place in ReferencePlaces.Of(Find(path)))
        {
            string key = place.Path[(place.Path.LastIndexOf('.') + 1)..];
            SettingsError? error = StartCheck.Errors($"{place.With}\n{place.Path}x = {place.Default}").FirstOrDefault(error => error.Path == $"{place.Path}x");
            if (error == null || !error.Expected.StartsWith("unknown setting; did you mean '", StringComparison.Ordinal) || !error.Expected.EndsWith($"{key}'?", StringComparison.Ordinal))
                wrong.Add($"{place.Path}x: {error}");
        }

        AssertNone(wrong);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_OfThePoolOnly_IsUnknownBelowATypeOfTask(string path)
    {
        if (!path.StartsWith(Defaults, StringComparison.Ordinal))
            return;
        string name = path[Defaults.Length..];
        SettingsError? unknown = StartCheck.Errors($"{OfType}{name} = {Find(path).Default}").FirstOrDefault(error => error.Expected.StartsWith("unknown setting", StringComparison.Ordinal));
        Assert.Equal(IsOfType(name), unknown == null);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Section_WithAValueInItsPlace_IsRefused(string path)
    {
        if (path.EndsWith("-dispatcher", StringComparison.Ordinal))
            return;
        List<string> wrong = [];
        foreach (string place in new[] { path, path.Replace(Defaults, Own, StringComparison.Ordinal), path == "dispatcher.pools" ? "dispatcher.pools.p" : path })
        {
            foreach (string value in (string[])["5", "text", "[1]", "\"\"", "null"])
            {
                if (!StartCheck.Errors($"{place} = {value}").Any(error => error.Path == place && error.Value != null && error.Expected.StartsWith("expected a section", StringComparison.Ordinal)))
                    wrong.Add($"{place} = {value}: {string.Join(" | ", StartCheck.Errors($"{place} = {value}"))}");
            }
        }

        AssertNone(wrong);
    }

    [Fact]
    public void Errors_OfPoolsDefaultsAlertsDiagnosisAndMailbox_AreReportedTogetherEachOnce()
    {
        const string Hocon = """
            dispatcher {
              pool-defaults.grace = 0ms
              pools.p { concurrency = 0, queue.capcity = 5 }
              alerts.window = 1ms
              diagnosis.kept = 0
              mailbox.capacity = 0
              pool-default.grace = 1s
            }
            """;
        Assert.Equal(
            [
                "dispatcher.alerts.window = 1ms: expected a duration from 1s to 24h",
                "dispatcher.diagnosis.kept = 0: expected a whole number from 1 to 4096",
                "dispatcher.mailbox.capacity = 0: expected a whole number from 1 to 1048576",
                "dispatcher.pool-default: unknown setting; did you mean 'pool-defaults'?",
                "dispatcher.pool-defaults.grace = 0ms: expected a duration from 1ms to 1h",
                "dispatcher.pools.p.concurrency = 0: expected a whole number from 1 to 65536",
                "dispatcher.pools.p.queue.capcity: unknown setting; did you mean 'queue.capacity'?",
            ],
            StartCheck.Errors(Hocon).Select(static error => error.ToString()).Order(StringComparer.Ordinal));
    }

    private static void VerifyAll(List<string> wrong, ReferenceKey place)
    {
        foreach (BadValue bad in BadValue.Of(place).Where(bad => !(IsAny(place) && bad.Shown is "a b" or "no such-word")))
            Verify(wrong, place, bad, StartCheck.Errors($"{place.With}\n{place.Path} = {bad.Hocon}"));
    }

    private static void Verify(List<string> wrong, ReferenceKey key, BadValue bad, IReadOnlyList<SettingsError> errors, bool isCode = false)
    {
        SettingsError? error = errors.FirstOrDefault(error => error.Path == key.Path && !IsIdle(error));
        if (error == null)
            wrong.Add($"{key.Path} = {bad.Hocon}: not refused there, but: {string.Join(" | ", errors)}");
        else if (!isCode && error.Value != bad.Shown)
            wrong.Add($"{key.Path} = {bad.Hocon}: shown as '{error.Value}'");
        else if (Mismatch(key, error.Expected) is { } mismatch)
            wrong.Add($"{error}: {mismatch}");
    }

    private static string? Mismatch(ReferenceKey key, string expected)
    {
        if (key.Kind is ValueKind.Number or ValueKind.Duration)
        {
            Match range = Range().Match(expected);
            if (!range.Success)
                return "names no range";
            double min = key.Measure(range.Groups["min"].Value), max = key.Measure(range.Groups["max"].Value);
            double? least = key.Min == null ? null : key.Measure(key.Min);
            if (least > min || max > key.Measure(key.Max) || (!key.IsRelative && (least != min || max != key.Measure(key.Max))))
                return $"the comment says {key.Min} to {key.Max}";
            foreach (string word in (string[])["auto", "off"])
            {
                if (key.Offers(word) != expected.Contains($"or {word}", StringComparison.Ordinal))
                    return $"the comment {(key.Offers(word) ? "offers" : "does not offer")} {word}";
            }
        }

        if (key.Kind != ValueKind.Choice)
            return expected.StartsWith("expected ", StringComparison.Ordinal) ? null : "does not say what is expected";
        string[] choices = expected.StartsWith("expected one of ", StringComparison.Ordinal) ? expected["expected one of ".Length..].Split(", ") : [];
        return choices.Length < 2 ? "names no choices" : choices.FirstOrDefault(choice => !key.Mentions(choice)) is { } unknown ? $"the comment does not mention {unknown}" : null;
    }

    private static bool IsAny(ReferenceKey key) => s_any.Any(any => key.Path.EndsWith(any.Ending, StringComparison.Ordinal));

    private static ReferenceKey Find(string path) => ReferenceFile.Keys.Single(each => each.Path == path);

    private static void AssertNone(List<string> wrong) => Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));

    private static bool IsIdle(SettingsError error) => error.Expected.StartsWith("has no effect", StringComparison.Ordinal);

    private static bool IsAkkas(ReferenceKey key) => s_akka.Any(akka => key.Path.EndsWith(akka.Ending, StringComparison.Ordinal));

    [GeneratedRegex(@"from (?<min>[\d.]+[a-z]*) to (?<max>[\d.]+[a-z]*)")]
    private static partial Regex Range();
}
