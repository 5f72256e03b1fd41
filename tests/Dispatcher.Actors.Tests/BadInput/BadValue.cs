namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>A value that a key does not take, as HOCON and as messages show it.</summary>
internal sealed record BadValue(string Hocon, string Shown)
{
    /// <summary>The values that nobody takes where a value of some kind is expected.</summary>
    public static IEnumerable<BadValue> Of(ReferenceKey key) => key.Kind switch
    {
        ValueKind.Number => [.. Numbers(key), .. s_noValues, Plain("5s")],
        ValueKind.Duration => [.. DurationsOf(key), .. s_noValues, Plain("5"), Quoted("5 fortnights"), Plain("NaNms")],
        ValueKind.Choice => [.. s_noValues, Plain("5"), Plain("-1")],
        ValueKind.SectionPath => [.. s_noValues, Quoted("no.such.path"), Quoted("a..b"), Quoted("[[")],
        ValueKind.Class => [.. s_noValues, Quoted("No.Such, Thing"), Quoted("Dispatcher.Actors.ITaskDispatcher, Dispatcher.Actors"), Quoted("System.String"), Quoted("a[[,]")],
        ValueKind.Url => [new BadValue("{ a = 1 }", "..."), new BadValue("[1, 2]", "..."), new BadValue("-1", "..."), new BadValue("\"\"", "...")],
        _ => [new BadValue("{ a = 1 }", "{ a = 1 }"), new BadValue("[{ a = 1 }]", "{ a = 1 }"), new BadValue("[\"a b\"]", "a b"), new BadValue("[\"\"]", ""), Quoted("no such-word")],
    };

    private static readonly BadValue[] s_noValues =
    [
        Plain("abc"), Plain("true"), Plain("NaN"), Plain("Infinity"), Plain("-Infinity"), Plain("1e400"), new("\"\"", ""), new("null", "null"),
        new("{ a = 1 }", "{ a = 1 }"), new("{}", "{  }"), new("[1, 2]", "[1, 2]"),
    ];

    private static IEnumerable<BadValue> Numbers(ReferenceKey key)
    {
        yield return Plain("-1");
        yield return Plain("-99999999999999999999");
        yield return Plain("99999999999999999999");
        double max = key.Measure(key.Max);
        yield return Plain(FormattableString.Invariant($"{(max % 1 == 0 ? max + 1 : max + 0.01)}"));
        if (key.Min is { } min && key.Measure(min) > 0)
            yield return Plain("0");
    }

    private static IEnumerable<BadValue> DurationsOf(ReferenceKey key)
    {
        yield return Plain("-1s");
        yield return Plain("99999999999999999999h");
        yield return Plain(FormattableString.Invariant($"{key.Measure(key.Max) + 1}ms"));
        if (key.Min is { } min && key.Measure(min) > 0)
            yield return Plain("0ms");
    }

    private static BadValue Plain(string text) => new(text, text);

    private static BadValue Quoted(string text) => new($"\"{text}\"", text);
}
