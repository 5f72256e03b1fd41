using System.Text.RegularExpressions;
using Akka.Event;

namespace Akka.Contract.Tests.Events;

/// <summary>Which events the filters of a <see cref="LogFilterBuilder"/> let through.</summary>
public sealed class LogFilterTests
{
    private static readonly Info Event = new("akka://sys/user/worker-7", typeof(LogFilterTests), "heartbeat 12");

    [Fact]
    public void NoFilters_EveryEvent_IsKept()
    {
        Assert.True(LogFilterEvaluator.NoFilters.ShouldTryKeepMessage(Event, out var text));
        Assert.Contains("heartbeat 12", text);
    }

    [Fact]
    public void SourceFilters_MatchingSource_Drop()
    {
        AssertDrops(b => b.ExcludeSourceExactly("akka://sys/user/worker-7"));
        AssertDrops(b => b.ExcludeSourceStartingWith("akka://sys/user/"));
        AssertDrops(b => b.ExcludeSourceContaining("/user/worker"));
        AssertDrops(b => b.ExcludeSourceEndingWith("-7"));
        AssertDrops(b => b.ExcludeSourceRegex(new Regex("worker-[0-9]")));
    }

    [Fact]
    public void SourceFilters_OtherSource_Keep() => AssertKeeps(b => b
        .ExcludeSourceExactly("worker-7")
        .ExcludeSourceStartingWith("user")
        .ExcludeSourceContaining("heartbeat")
        .ExcludeSourceEndingWith("worker")
        .ExcludeSourceRegex(new Regex("^worker")));

    [Fact]
    public void MessageFilters_MatchingMessage_Drop()
    {
        AssertDrops(b => b.ExcludeMessageContaining("heartbeat"));
        AssertDrops(b => b.ExcludeMessageRegex(new Regex("beat [0-9]+")));
    }

    [Fact]
    public void MessageFilters_OtherMessage_Keep() => AssertKeeps(b => b.ExcludeMessageContaining("election").ExcludeMessageRegex(new Regex("election")));

    [Fact]
    public void Filters_OneOfSeveralMatches_Drop() => AssertDrops(b => b.ExcludeMessageContaining("election").ExcludeSourceContaining("worker"));

    [Fact]
    public void Evaluator_SourceFiltersOnly_SaysSo()
    {
        Assert.True(new LogFilterBuilder().ExcludeSourceContaining("x").Build().CreateEvaluator().EvaluatesLogSourcesOnly);
        Assert.False(new LogFilterBuilder().ExcludeSourceContaining("x").ExcludeMessageContaining("y").Build().CreateEvaluator().EvaluatesLogSourcesOnly);
    }

    [Fact]
    public void Add_OwnFilter_IsAsked()
    {
        var filter = new DropAll();

        AssertDrops(b => b.Add(filter));
        Assert.Equal([filter, filter], new LogFilterBuilder().AddRange([filter, filter]).Build().Filters);
    }

    private static void AssertDrops(Action<LogFilterBuilder> configure) => Assert.False(Evaluator(configure).ShouldTryKeepMessage(Event, out _));

    private static void AssertKeeps(Action<LogFilterBuilder> configure)
    {
        Assert.True(Evaluator(configure).ShouldTryKeepMessage(Event, out var text));
        Assert.Contains("heartbeat 12", text);
    }

    private static LogFilterEvaluator Evaluator(Action<LogFilterBuilder> configure)
    {
        var builder = new LogFilterBuilder();
        configure(builder);
        return builder.Build().CreateEvaluator();
    }

    private sealed class DropAll : LogFilterBase
    {
        public override LogFilterType FilterType => LogFilterType.Source;

        public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null) => LogFilterDecision.Drop;
    }
}
