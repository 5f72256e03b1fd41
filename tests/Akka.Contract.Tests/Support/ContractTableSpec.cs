using System.Reflection;
using System.Text.RegularExpressions;

namespace Akka.Contract.Tests.Support;

/// <summary>docs/contract.md names specs that exist.</summary>
public sealed partial class ContractTableSpec
{
    [Fact]
    public void Every_spec_that_the_table_names_is_there()
    {
        var names = SpecName().Matches(File.ReadAllText(FindTable())).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Exists(name), $"docs/contract.md names {name}, which is no spec."));
    }

    [GeneratedRegex(@"`([A-Z]\w+\.\w+(?:Spec|Tests)(?:\.\w+)?)`")]
    private static partial Regex SpecName();

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        var type = typeof(ContractTableSpec).Assembly.GetType($"Akka.Contract.Tests.{parts[0]}.{parts[1]}");
        return type is not null && (parts.Length == 2 || type.GetMethod(parts[2], BindingFlags.Public | BindingFlags.Instance)?.GetCustomAttribute<FactAttribute>() is not null);
    }

    private static string FindTable()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var table = Path.Combine(folder.FullName, "docs", "contract.md");
            if (File.Exists(table))
                return table;
        }

        throw new FileNotFoundException("docs/contract.md is in no folder above the tests.");
    }
}
