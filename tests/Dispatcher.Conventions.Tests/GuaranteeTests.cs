using System.Text.RegularExpressions;

namespace Dispatcher.Conventions.Tests;

/// <summary>A promise without a test is none.</summary>
public sealed partial class GuaranteeTests
{
    private const string Guarantees = "docs/guarantees.md";
    private const string Scenarios = "tests/Dispatcher.Actors.Tests/Scenarios";

    // The systems whose scenario is there, each in a class of its own.
    private static readonly string[] s_rows =
    [
        "E1", "E2", "E3", "E4", "E5", "E6", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "P1", "P10", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "S1", "S8", "S9", "U4", "U5", "U6",
    ];

    [Fact]
    public void Guarantees_EachLine_NamesATestThatIsThere()
    {
        List<string> violations = [];
        string[] files = [];
        foreach (string row in Repository.Read(Guarantees).Split('\n').Where(IsPromise))
        {
            string[] linked = [.. TestFile().Matches(row).Select(match => match.Groups["file"].Value)];
            if (linked.Length > 0)
                files = linked;
            else if (!row.Contains("same file", StringComparison.Ordinal))
                violations.Add($"no test: {row}");
            string tests = string.Concat(files.Select(file => Repository.Read(Path.Combine("docs", file))));
            violations.AddRange(
                from match in TestName().Matches(row)
                let name = match.Groups["name"].Value
                let declared = match.Groups["more"].Length > 0 ? $" {name}" : $" {name}("
                where !tests.Contains(declared, StringComparison.Ordinal)
                select $"no test '{name}' in {string.Join(", ", files)}");
        }

        Rule.Holds(violations);
    }

    [Fact]
    public void Scenarios_EachRow_HasItsClass() =>
        Rule.Holds(s_rows.Where(row => !Repository.Files.Contains($"{Scenarios}/Row{row}Tests.cs")).Select(row => $"no scenario of {row}"));

    private static bool IsPromise(string line) =>
        line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| promise", StringComparison.Ordinal);

    [GeneratedRegex(@"\]\((?<file>[^)\s]+\.cs)\)")]
    private static partial Regex TestFile();

    [GeneratedRegex(@"[`\[](?<name>[A-Z]\w*_\w+?)(?<more>_?\.\.\.)?[`\]]")]
    private static partial Regex TestName();
}
