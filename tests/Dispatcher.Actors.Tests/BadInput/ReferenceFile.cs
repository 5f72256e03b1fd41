using System.Text.RegularExpressions;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary><c>hocon/reference.conf</c> as it is written: its keys with their comments, and its sections.</summary>
internal static partial class ReferenceFile
{
    private static readonly Lazy<(List<ReferenceKey> Keys, List<ReferenceKey> Sections)> s_content = new(static () => Parse(Text()));

    /// <summary>Every key.</summary>
    public static IReadOnlyList<ReferenceKey> Keys => s_content.Value.Keys;

    /// <summary>Every section, with what its comment says.</summary>
    public static IReadOnlyList<ReferenceKey> Sections => s_content.Value.Sections;

    private static string Text()
    {
        using Stream stream = typeof(ReferenceConfig).Assembly.GetManifestResourceStream("Dispatcher.Actors.reference.conf")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    // The plain shape of the file is a convention with a test of its own.
    private static (List<ReferenceKey> Keys, List<ReferenceKey> Sections) Parse(string text)
    {
        (List<ReferenceKey> Keys, List<ReferenceKey> Sections) content = ([], []);
        Stack<string> path = new();
        string comment = "";
        foreach (string line in text.Split('\n').Select(static raw => raw.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comment += line.TrimStart('#', ' ') + " ";
                continue;
            }

            if (line.StartsWith('}'))
                path.Pop();
            else if (Opening().Match(line) is { Success: true } opening)
                content.Sections.Add(new ReferenceKey(Below(path, opening), "", comment));
            else if (Assignment().Match(line) is { Success: true } assignment)
                content.Keys.Add(new ReferenceKey(Below(path, assignment), assignment.Groups["value"].Value.Trim(), comment));
            if (line.EndsWith('{'))
                path.Push(Opening().Match(line).Groups["key"].Value);
            comment = "";
        }

        return content;
    }

    private static string Below(Stack<string> path, Match match) => string.Join('.', path.Reverse().Append(match.Groups["key"].Value));

    [GeneratedRegex(@"^(?<key>[\w.-]+)\s*\{$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?<key>[\w.-]+)\s*=\s*(?<value>.*)$")]
    private static partial Regex Assignment();
}
