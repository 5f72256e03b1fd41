using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dispatcher.Conventions.Tests;

/// <summary>Who may know whom: between the projects by their references, inside Dispatcher.Actors by the types that its files name.</summary>
public sealed class LayeringTests
{
    private const string Actors = "src/Dispatcher.Actors/";

    /// <summary>Folders of the data plane: they reach scaling and cluster by messages and plain values only.</summary>
    private static readonly string[] s_dataPlane = ["Protocol", "Dispatch", "Admission", "Routing", "Workers"];

    private static readonly string[] s_controlPlanes = ["Scaling", "Cluster", "Alerts", "Diagnosis"];

    /// <summary>Arithmetic, thresholds and state machines: values in, decision out.</summary>
    private static readonly string[] s_pureSuffixes = ["Policy", "Decision", "Settings", "Histogram", "Window"];

    private static readonly Lazy<CSharpCompilation> s_actors = new(Compile);

    [Theory]
    [InlineData("src/Dispatcher.Actors", "akka")]
    [InlineData("src/Dispatcher.Host", "akka,Dispatcher.Actors")]
    public void Projects_OfTheProduct_ReferenceTheLayerBelowOnly(string project, string allowed)
    {
        string[] layers = allowed.Split(',');
        var document = XDocument.Parse(Repository.Read($"{project}/{Path.GetFileName(project)}.csproj"));
        var projects = from reference in document.Descendants("ProjectReference")
                       let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
                       where !layers.Contains(name)
                       select name;
        Rule.Holds(projects);
        Assert.DoesNotContain(document.Descendants("PackageReference"), reference =>
            reference.Attribute("Include")!.Value.StartsWith("Akka", StringComparison.Ordinal)); // by <AkkaReference>, or the engine is fixed
    }

    [Fact]
    public void Engine_ItsProjects_NameNothingOfTheProduct()
    {
        var references = from file in Repository.Files
                         where Repository.IsBelow(file, "akka") && file.EndsWith(".csproj", StringComparison.Ordinal)
                         where Repository.Read(file).Contains("Dispatcher.", StringComparison.Ordinal)
                         select file;
        Rule.Holds(references);
    }

    [Fact]
    public void Protocol_AllOfIt_KnowsNothingButItself() =>
        Rule.Holds(Uses(from: ["Protocol"]).Where(use => use.To != "Protocol").Select(use => use.Text));

    [Fact]
    public void DataPlane_AllOfIt_NamesNoTypeOfScalingOrCluster() =>
        Rule.Holds(Uses(s_dataPlane).Where(use => s_controlPlanes.Contains(use.To)).Select(use => use.Text));

    [Fact]
    public void Telemetry_AllOfIt_IsWriteOnly()
    {
        string[] readers = [.. s_dataPlane.Except(["Protocol"]), .. s_controlPlanes];
        Rule.Holds(Uses(["Telemetry"]).Where(use => readers.Contains(use.To)).Select(use => use.Text));
    }

    [Fact]
    public void PureClasses_AllOfThem_DoNotUseAkka()
    {
        var impure = from tree in s_actors.Value.SyntaxTrees
                     where IsPure(tree.FilePath)
                     from directive in tree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>()
                     let name = directive.Name?.ToString() ?? ""
                     where name.StartsWith("Akka", StringComparison.Ordinal) && name != "Akka.Configuration" // the type of HOCON's values
                     select $"{Repository.Place(directive)}: {directive}";
        Rule.Holds(impure);
    }

    private static bool IsPure(string file) =>
        Repository.IsBelow(file, Actors + "Protocol") && !file.Contains("/Messages/", StringComparison.Ordinal)
        || s_pureSuffixes.Any(suffix => Path.GetFileNameWithoutExtension(file).EndsWith(suffix, StringComparison.Ordinal));

    // Every use of a type of one folder of Dispatcher.Actors in a file of another.
    private static IEnumerable<(string To, string Text)> Uses(string[] from)
    {
        foreach (var tree in s_actors.Value.SyntaxTrees.Where(tree => from.Contains(FolderOf(tree.FilePath))))
        {
            var model = s_actors.Value.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                string? file = type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
                if (file is not null && FolderOf(file) is { } to && to != FolderOf(tree.FilePath))
                    yield return (to, $"{Repository.Place(name)}: {name} of {to}/");
            }
        }
    }

    private static string? FolderOf(string file) =>
        file.StartsWith(Actors, StringComparison.Ordinal) && file[Actors.Length..].Split('/') is [var folder, _, ..] ? folder : null;

    private static CSharpCompilation Compile()
    {
        var trees = Repository.Sources.Where(tree => tree.FilePath.StartsWith(Actors, StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "layering", [.. trees, Snippet.Usings], Snippet.References(except: "Dispatcher.Actors"),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        // Half of the symbols unresolved would prove nothing.
        Rule.Holds(compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !Snippet.IsOfAGenerator(diagnostic))
            .Select(diagnostic => diagnostic.ToString()));
        return compilation;
    }
}
