using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class FallbackPolicyTests
{
    private static readonly FallbackSettings s_all = new() { OnBreakerOpen = true, OnFailed = true, OnOverload = true };
    private static readonly FallbackSettings s_none = new() { OnBreakerOpen = false, OnFailed = false, OnOverload = false };
    private static readonly OutcomeDetail s_failed = new Failed(new InvalidOperationException(), "unknown", 1);

    [Fact]
    public void Decide_BreakerOpen_UsesItAndSaysWhy()
    {
        Rejected open = new(RejectReason.BreakerOpen, TimeSpan.FromSeconds(5));
        Assert.Equal(new FallbackDecision(true, open), FallbackPolicy.Decide(open, s_none with { OnBreakerOpen = true }));
        Assert.Equal(FallbackDecision.None, FallbackPolicy.Decide(open, s_all with { OnBreakerOpen = false }));
    }

    [Fact]
    public void Decide_Failed_UsesItIfWanted()
    {
        Assert.True(FallbackPolicy.Decide(s_failed, s_none with { OnFailed = true }).UsesFallback);
        Assert.False(FallbackPolicy.Decide(s_failed, s_all with { OnFailed = false }).UsesFallback);
    }

    [Theory]
    [InlineData(RejectReason.RateLimited)]
    [InlineData(RejectReason.ConcurrencyLimited)]
    [InlineData(RejectReason.Shed)]
    [InlineData(RejectReason.QueueFull)]
    public void Decide_RefusedByOverload_UsesItIfWanted(RejectReason reason)
    {
        Assert.True(FallbackPolicy.Decide(new Rejected(reason, null), s_none with { OnOverload = true }).UsesFallback);
        Assert.False(FallbackPolicy.Decide(new Rejected(reason, null), s_all with { OnOverload = false }).UsesFallback);
    }

    [Fact]
    public void Decide_NobodyWaitsAnyMore_Stands()
    {
        Assert.False(FallbackPolicy.Decide(new Cancelled("caller"), s_all).UsesFallback);
        Assert.False(FallbackPolicy.Decide(new Expired(ExpiredWhere.Run), s_all).UsesFallback);
        Assert.False(FallbackPolicy.Decide(new Rejected(RejectReason.Stopped, null), s_all).UsesFallback);
        Assert.False(FallbackPolicy.Decide(s_failed, null).UsesFallback);
    }

    [Fact]
    public void Check_FallbackWithoutBreaker_IsReported()
    {
        List<SettingsError> errors = [];
        s_all.Check("tasks.a.fallback", hasBreaker: false, errors);
        Assert.Equal(["tasks.a.fallback.on-breaker-open = true: has no effect: this type of task has no breaker"], errors.Select(error => error.ToString()));
        errors.Clear();
        s_all.Check("tasks.a.fallback", hasBreaker: true, errors);
        Assert.Empty(errors);
        s_none.Check("tasks.a.fallback", hasBreaker: true, errors);
        Assert.Single(errors);
    }
}
