using System.Text.RegularExpressions;

namespace Dispatcher.Conventions.Tests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/contracts.md")]
    [InlineData("docs/testing.md")]
    public void Document_ItsCode_Compiles(string document)
    {
        var blocks = CSharpBlock().Matches(Repository.Read(document)).Select(match => match.Groups["code"].Value).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, code => Rule.Holds(Snippet.Compile(code)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_TheTestsItNames_AreThere(string document)
    {
        var missing = from match in TestLink().Matches(Repository.Read(document))
                      let test = match.Groups["test"].Value
                      let file = Path.Combine(Path.GetDirectoryName(document) ?? "", match.Groups["file"].Value)
                      where !Exists(document, match.Groups["file"].Value) || !Repository.Read(file).Contains($" {test}(", StringComparison.Ordinal)
                      select $"{test} in {file}";
        Rule.Holds(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_ItsLinks_LeadSomewhere(string document)
    {
        string text = AnyBlock().Replace(Repository.Read(document), "");
        var dead = from match in Link().Matches(text)
                   let target = match.Groups["target"].Value
                   where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                   where !Exists(document, target)
                   select target;
        Rule.Holds(dead);
    }

    private static bool Exists(string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0
            ? document
            : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(document) ?? "", parts[0])).Replace('\\', '/');
        string path = Path.Combine(Repository.Root, file);
        if (!File.Exists(path) && !Directory.Exists(path))
            return false;
        if (parts.Length == 1)
            return true;
        return Repository.Read(file).Split('\n').Where(line => line.StartsWith('#')).Any(heading => Anchor(heading) == parts[1]);
    }

    // As the usual viewers make it: lower case, blanks to dashes, the rest of the punctuation gone.
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"\[`?(?<test>\w+_\w+_\w+)`?\]\((?<file>[^)\s]+\.cs)\)")]
    private static partial Regex TestLink();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
