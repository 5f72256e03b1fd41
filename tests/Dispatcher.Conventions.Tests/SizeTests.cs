using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dispatcher.Conventions.Tests;

public sealed class SizeTests
{
    private const int MaxFileLines = 400, MaxMethodLines = 70, MaxEngineCodeLines = 9000;

    private static readonly SyntaxKind[] s_brackets =
    [
        SyntaxKind.OpenBraceToken, SyntaxKind.CloseBraceToken, SyntaxKind.OpenParenToken, SyntaxKind.CloseParenToken, SyntaxKind.SemicolonToken,
    ];

    [Fact]
    public void Files_AllSources_StayUnderTheLimit()
    {
        var over = from file in Repository.CSharp("src", "akka", "tests", "benchmarks")
                   let lines = Repository.Read(file).Count(letter => letter == '\n')
                   where lines > MaxFileLines
                   select $"{file}: {lines} lines, at most {MaxFileLines}";
        Rule.Holds(over);
    }

    [Fact]
    public void Methods_AllSources_FitAScreen()
    {
        var over = from tree in Repository.Sources
                   from member in tree.GetRoot().DescendantNodes()
                   where member is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
                   let span = member.GetLocation().GetLineSpan()
                   let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
                   where lines > MaxMethodLines
                   select $"{Repository.Place(member)}: {lines} lines, at most {MaxMethodLines}";
        Rule.Holds(over);
    }

    [Fact]
    public void Engine_AllOfIt_StaysAWeekendsRead()
    {
        int lines = Repository.CSharp("akka").Sum(file => CodeLines(Repository.Read(file)));
        Assert.True(lines < MaxEngineCodeLines, $"akka/ has {lines} lines of code, under {MaxEngineCodeLines} are wanted.");
    }

    // Lines that say something: not blank, not comment, not using, not only braces and their like.
    private static int CodeLines(string text)
    {
        var lines = new HashSet<int>();
        foreach (var token in CSharpSyntaxTree.ParseText(text, Snippet.Language).GetRoot().DescendantTokens(node => node is not UsingDirectiveSyntax))
        {
            if (token.Span.IsEmpty || s_brackets.Contains(token.Kind()))
                continue;
            var span = token.GetLocation().GetLineSpan();
            for (int line = span.StartLinePosition.Line; line <= span.EndLinePosition.Line; line++)
                lines.Add(line);
        }
        return lines.Count;
    }
}
