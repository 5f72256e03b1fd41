namespace Dispatcher.Conventions.Tests;

/// <summary>A rule of the repository.</summary>
internal static class Rule
{
    private const int MaxShown = 50;

    /// <summary>Fails with every place that breaks the rule, a line each.</summary>
    public static void Holds(IEnumerable<string> violations)
    {
        var all = violations.Distinct().ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} place(s):\n  {string.Join("\n  ", all.Take(MaxShown))}");
    }
}
