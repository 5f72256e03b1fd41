using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dispatcher.Conventions.Tests;

/// <summary>The files that the conventions are about: those under version control, read once.</summary>
internal static class Repository
{
    private static readonly string[] s_builtFolders = ["bin", "obj", ".git", ".vs", ".idea", "TestResults"];
    private static readonly Lazy<IReadOnlyList<string>> s_files = new(List);
    private static readonly Lazy<IReadOnlyList<SyntaxTree>> s_sources = new(ParseSources);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with '/'.</summary>
    public static IReadOnlyList<string> Files => s_files.Value;

    /// <summary>The C# files below src/, akka/, tests/ and benchmarks/.</summary>
    public static IReadOnlyList<SyntaxTree> Sources => s_sources.Value;

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static IEnumerable<string> CSharp(params string[] folders) =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && IsBelow(file, folders));

    public static bool IsBelow(string file, params string[] folders) =>
        folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>"file:line" of a place in a parsed source.</summary>
    public static string Place(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static string FindRoot()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Dispatcher.sln")))
            at = Path.GetDirectoryName(at);
        return at ?? throw new InvalidOperationException($"No Dispatcher.sln above {AppContext.BaseDirectory}.");
    }

    private static string[] List()
    {
        var listed = Directory.Exists(Path.Combine(Root, ".git")) ? ListByGit() : ListByFolder();
        return [.. listed.Where(file => File.Exists(Path.Combine(Root, file))).Order(StringComparer.Ordinal)];
    }

    // With what is new and not ignored: a rule must not wait for the commit.
    private static string[] ListByGit()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> ListByFolder() =>
        from path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !file.Split('/').Any(part => s_builtFolders.Contains(part))
        select file;

    private static SyntaxTree[] ParseSources() =>
        [.. CSharp("src", "akka", "tests", "benchmarks").Select(file => CSharpSyntaxTree.ParseText(Read(file), Snippet.Language, file))];
}
