using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dispatcher.Conventions.Tests;

/// <summary>What it takes to compile a piece of the product, or a piece of code from a document, in memory.</summary>
internal static class Snippet
{
    // Errors that only a source generator would resolve ([LoggerMessage]): a partial method without body.
    private const string PartialWithoutBody = "CS8795";

    /// <summary>The newest that this compiler library knows: the language of the sources may be newer than its default.</summary>
    public static CSharpParseOptions Language { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>The global usings of the web SDK: what a reader's own project has.</summary>
    public static SyntaxTree Usings { get; } = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """, Language);

    /// <summary>Every assembly that this process could load: the framework, the engine, the product.</summary>
    public static IEnumerable<MetadataReference> References(string? except = null) =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetFileNameWithoutExtension(path) != except
        select MetadataReference.CreateFromFile(path);

    /// <summary>Whether the error is only that generators have not run: bodies of log messages, contexts of the JSON serializer.</summary>
    public static bool IsOfAGenerator(Diagnostic diagnostic) =>
        diagnostic.Id == PartialWithoutBody
        || (diagnostic.Id is "CS0534" or "CS7036" && diagnostic.GetMessage(null).Contains("JsonSerializerContext", StringComparison.Ordinal))
        || (diagnostic.Id is "CS0117" && diagnostic.GetMessage(null).Contains("Json' does not contain a definition for 'Default'", StringComparison.Ordinal));

    /// <summary>Errors and warnings of a program with top-level statements, or of types for a library.</summary>
    public static IReadOnlyList<string> Compile(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, Language);
        bool isProgram = tree.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
        var compilation = CSharpCompilation.Create(
            "snippet", [tree, Usings], References(),
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
    }
}
