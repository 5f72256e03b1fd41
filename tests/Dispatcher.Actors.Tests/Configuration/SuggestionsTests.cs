using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class SuggestionsTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_TwoTexts_CountsTheEdits(string a, string b, int distance) => Assert.Equal(distance, Suggestions.Distance(a, b));

    [Theory]
    [InlineData("gracee", "grace")]
    [InlineData("max", "workers.max")]
    [InlineData("completely-different", null)]
    public void For_UnknownKey_IsTheNearestOrNone(string key, string? near) =>
        Assert.Equal(near, Suggestions.For(key, ["grace", "workers.max", "queue.capacity"]));
}
