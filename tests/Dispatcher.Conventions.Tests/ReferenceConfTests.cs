using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dispatcher.Conventions.Tests;

/// <summary>hocon/reference.conf is the one home of every default: each key says what it is for, and each is read.</summary>
public sealed partial class ReferenceConfTests
{
    private const string ReferenceConf = "hocon/reference.conf";

    /// <summary>Keys below dispatcher that Akka itself reads.</summary>
    private static readonly string[] s_ofAkka = ["mailbox-type", "type"];

    private static readonly Lazy<IReadOnlyList<Setting>> s_settings = new(() => [.. Parse(Repository.Read(ReferenceConf))]);

    /// <summary>The product's own settings; what is Akka's own is read by Akka.</summary>
    private static IEnumerable<Setting> Own => s_settings.Value.Where(setting => setting.Path.StartsWith("dispatcher.", StringComparison.Ordinal));

    [Fact]
    public void Keys_AllOfThem_AreDocumented() =>
        Rule.Holds(s_settings.Value.Where(setting => setting.Comment.Length == 0).Select(setting => setting.Path));

    [Fact]
    public void Keys_ThatAreNumbers_SayTheirRange() =>
        Rule.Holds(Own.Where(setting => Number().IsMatch(setting.Value) && !Range().IsMatch(setting.Comment)).Select(setting => $"{setting.Path} = {setting.Value}"));

    [Fact]
    public void Keys_OfTheProduct_AreKnownToTheReader()
    {
        var literals = from tree in Repository.Sources
                       where Repository.IsBelow(tree.FilePath, "src/Dispatcher.Actors/Configuration")
                       from literal in tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
                       where literal.IsKind(SyntaxKind.StringLiteralExpression)
                       select literal.Token.ValueText;
        var known = literals.SelectMany(text => text.Split('.')).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(Own);
        Rule.Holds(Own.Where(setting => !known.Contains(setting.Path.Split('.')[^1]) && !s_ofAkka.Contains(setting.Path.Split('.')[^1])).Select(setting => setting.Path));
    }

    private sealed record Setting(string Path, string Value, string Comment);

    // The plain shape in which the file is written: one key or one opening or closing brace a line, comments above or behind.
    private static IEnumerable<Setting> Parse(string text)
    {
        var path = new Stack<string>();
        string comment = "";
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim();
            if (line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal))
            {
                comment += line.TrimStart('#', '/', ' ') + " ";
                continue;
            }
            if (line.Length == 0)
            {
                comment = "";
                continue;
            }
            if (line.StartsWith('}'))
                path.Pop();
            else if (Opening().Match(line) is { Success: true } opening)
                path.Push(opening.Groups["key"].Value);
            else if (Assignment().Match(line) is { Success: true } assignment)
                yield return new(
                    string.Join('.', path.Reverse().Append(assignment.Groups["key"].Value)), assignment.Groups["value"].Value.Trim(),
                    comment + assignment.Groups["behind"].Value.TrimStart('#', ' '));
            else
                Assert.Fail($"{ReferenceConf}: '{line}' is neither a key, a comment nor a brace on a line of its own.");
            comment = "";
        }
        Assert.Empty(path);
    }

    [GeneratedRegex(@"^(?<key>[\w.""-]+)\s*[=:]?\s*\{$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?<key>[\w.""-]+)\s*[=:]\s*(?<value>[^#]*)(?<behind>#.*)?$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^-?\d+(\.\d+)?\s*(ns|us|ms|s|m|h|d|b|kb|kib|mb|mib)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\d\S*\s*(to|\.\.|-)\s*\S*\d|\bat least\b|\bat most\b|>=|<=|\bover\b|\bunder\b", RegexOptions.IgnoreCase)]
    private static partial Regex Range();
}
