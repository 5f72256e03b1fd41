using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dispatcher.Conventions.Tests;

public sealed class BannedCallTests
{
    private static readonly string[] s_sleeps = ["Thread.Sleep", "Task.Delay", "SpinWait.SpinUntil"];
    private static readonly string[] s_engineNames = ["AKKA", "OFFICIAL", "COMPACT", "ENGINE"];

    [Fact]
    public void Tests_NoneOfThem_Sleeps() => Rule.Holds(Calls(s_sleeps, "tests"));

    [Fact]
    public void Product_NoneOfIt_Sleeps() => Rule.Holds(Calls(s_sleeps, "src"));

    [Fact]
    public void Sources_OutsideTheEngine_DoNotKnowIt()
    {
        var conditions = from tree in Repository.Sources
                         where Repository.IsBelow(tree.FilePath, "src", "tests")
                         from trivia in tree.GetRoot().DescendantTrivia()
                         where trivia.IsKind(SyntaxKind.IfDirectiveTrivia) || trivia.IsKind(SyntaxKind.ElifDirectiveTrivia)
                         let condition = trivia.ToString().ToUpperInvariant()
                         where s_engineNames.Any(name => condition.Contains(name, StringComparison.Ordinal))
                         select $"{tree.FilePath}: {trivia.ToString().Trim()}";
        Rule.Holds(conditions);
    }

    [Fact]
    public void Suppressions_OfBannedCalls_GiveTheirReason()
    {
        var silent = from tree in Repository.Sources
                     from trivia in tree.GetRoot().DescendantTrivia()
                     where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
                     let text = trivia.ToString().Trim()
                     where text.Contains("disable", StringComparison.Ordinal) && text.Contains("RS0030", StringComparison.Ordinal)
                     where !text.Contains("//", StringComparison.Ordinal) && !HasCommentAbove(trivia)
                     select $"{tree.FilePath}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {text}";
        Rule.Holds(silent);
    }

    private static IEnumerable<string> Calls(string[] banned, string folder) =>
        from tree in Repository.Sources
        where Repository.IsBelow(tree.FilePath, folder)
        from access in tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let text = access.ToString()
        where banned.Any(name => text == name || text.EndsWith("." + name, StringComparison.Ordinal))
        select $"{Repository.Place(access)}: {text}";

    private static bool HasCommentAbove(SyntaxTrivia pragma)
    {
        int line = pragma.GetLocation().GetLineSpan().StartLinePosition.Line;
        return line > 0 && pragma.SyntaxTree!.GetText().Lines[line - 1].ToString().TrimStart().StartsWith("//", StringComparison.Ordinal);
    }
}
