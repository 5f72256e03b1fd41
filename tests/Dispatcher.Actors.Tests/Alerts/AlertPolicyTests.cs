using Dispatcher.Actors.Alerts;

namespace Dispatcher.Actors.Tests.Alerts;

public sealed class AlertPolicyTests
{
    [Theory]
    [InlineData(AlertEvent.Failed, "memory", AlertLevel.P0, typeof(OutOfMemoryException))]
    [InlineData(AlertEvent.Failed, "memory", AlertLevel.P0, typeof(InsufficientMemoryException))]
    [InlineData(AlertEvent.Failed, "failures", AlertLevel.P2, typeof(TimeoutException))]
    [InlineData(AlertEvent.Abandoned, "lasting", AlertLevel.P1, null)]
    [InlineData(AlertEvent.BreakerOpen, "lasting", AlertLevel.P1, null)]
    [InlineData(AlertEvent.HandlerStuck, "lasting", AlertLevel.P1, null)]
    [InlineData(AlertEvent.PoolGaveUp, "down", AlertLevel.P0, null)]
    [InlineData(AlertEvent.ThreadsStarved, "down", AlertLevel.P0, null)]
    [InlineData(AlertEvent.HeapGrows, "lasting", AlertLevel.P1, null)]
    public void Find_RulesOfTheReference_GiveEachEventItsLevel(AlertEvent @event, string rule, AlertLevel level, Type? error)
    {
        AlertPolicy policy = new(AlertSamples.Settings().Rules);
        Exception? thrown = error == null ? null : (Exception)Activator.CreateInstance(error)!;
        AlertRule? found = policy.Find(new Occurrence(@event, "p", "T", error?.Name, thrown));
        Assert.Equal((rule, level), (found?.Name, found?.Level));
    }

    [Fact]
    public void Find_ARuleThatNamesMore_CountsBeforeAMoreUrgentOne()
    {
        AlertPolicy policy = new(
        [
            Rule("all", AlertLevel.P0), Rule("pool", AlertLevel.P1, pools: ["mail"]), Rule("error", AlertLevel.P2, errors: ["IOException"]),
            Rule("task", null, tasks: ["Send"]), Rule("both", AlertLevel.P2, tasks: ["Send"], pools: ["mail"]),
        ]);
        Assert.Equal("all", Find("web", "Read"));
        Assert.Equal("pool", Find("mail", "Read"));
        Assert.Equal("error", Find("mail", "Read", new IOException()));
        Assert.Equal("task", Find("web", "Send", new IOException()));
        Assert.Equal("both", Find("mail", "Send"));
        string? Find(string pool, string task, Exception? error = null) => policy.Find(new Occurrence(AlertEvent.Failed, pool, task, error?.GetType().Name ?? "X", error ?? new TimeoutException()))?.Name;
    }

    [Fact]
    public void Find_RulesThatNameTheSame_TheMostUrgentCountsAndNoneLast()
    {
        AlertPolicy policy = new([Rule("c", null), Rule("b", AlertLevel.P2), Rule("a", AlertLevel.P1)]);
        Assert.Equal("a", policy.Find(new Occurrence(AlertEvent.Failed, null, null))?.Name);
        Assert.Null(policy.Find(new Occurrence(AlertEvent.QueueGrows, null, null)));
    }

    [Theory]
    [InlineData("IOException", true)]
    [InlineData("System.IO.FileNotFoundException", true)]
    [InlineData("System.IO.*", true)]
    [InlineData("SystemException", true)]
    [InlineData("disk*", true)]
    [InlineData("disk", false)]
    [InlineData("any", true)]
    [InlineData("transient", false)]
    [InlineData("ioexception", false)]
    [InlineData("Object", false)]
    public void Find_ByError_TakesClassesNamesAndWhatDerivesFromThem(string pattern, bool fits)
    {
        AlertPolicy policy = new([Rule("r", AlertLevel.P1, errors: [pattern])]);
        Assert.Equal(fits, policy.Find(new Occurrence(AlertEvent.Failed, "p", "T", "diskFull", new FileNotFoundException())) != null);
    }

    [Fact]
    public void Cares_OnlyForWhatARuleGivesALevel()
    {
        AlertPolicy policy = new([Rule("a", AlertLevel.P1), Rule("b", null) with { On = [AlertEvent.Abandoned] }]);
        Assert.True(policy.Cares(AlertEvent.Failed));
        Assert.False(policy.Cares(AlertEvent.Abandoned));
        Assert.False(policy.Cares(AlertEvent.BreakerOpen));
    }

    private static AlertRule Rule(string name, AlertLevel? level, string[]? errors = null, string[]? tasks = null, string[]? pools = null) =>
        new() { Name = name, Level = level, On = [AlertEvent.Failed], Errors = errors ?? [], Tasks = tasks ?? [], Pools = pools ?? [] };
}
