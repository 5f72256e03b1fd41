using System.Text.RegularExpressions;

namespace Dispatcher.Conventions.Tests;

/// <summary>What is logged has an event id of its own, which who reads logs relies on.</summary>
public sealed class LogEventTests
{
    private static readonly Regex s_eventId = new(@"\[LoggerMessage\((?:EventId = )?(\d+)", RegexOptions.CultureInvariant);

    [Fact]
    public void EventIds_AllOfThem_AreUsedOnce()
    {
        ILookup<string, string> uses = (
            from file in Repository.Files
            where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            from entry in Repository.Read(file).Split('\n').Index()
            let match = s_eventId.Match(entry.Item)
            where match.Success
            select (Id: match.Groups[1].Value, Place: $"{file}:{entry.Index + 1}")).ToLookup(use => use.Id, use => use.Place);
        Assert.NotEmpty(uses);
        Rule.Holds(uses.Where(id => id.Count() > 1).Select(id => $"event {id.Key}: {string.Join(", ", id)}"));
    }
}
