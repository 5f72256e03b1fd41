using Dispatcher.Actors.Admission.Breaker;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class FallbackPolicyTests
{
    private static readonly FallbackSettings s_all = new() { OnBreakerOpen = true, OnFailed = true, OnOverload = true };
    private static readonly FallbackSettings s_none = new() { OnBreakerOpen = false, OnFailed = false, OnOverload = false };
    private static readonly OutcomeDetail s_failed = new Failed(new InvalidOperationException(), "unknown", 1);

    [Fact]
    public void Decide_BreakerOpen_UsesItIfWanted()
    {
        Rejected open = new(RejectReason.BreakerOpen, TimeSpan.FromSeconds(5));
        Assert.True(FallbackPolicy.Uses(open, s_none with { OnBreakerOpen = true }));
        Assert.False(FallbackPolicy.Uses(open, s_all with { OnBreakerOpen = false }));
    }

    [Fact]
    public void Decide_Failed_UsesItIfWanted()
    {
        Assert.True(FallbackPolicy.Uses(s_failed, s_none with { OnFailed = true }));
        Assert.False(FallbackPolicy.Uses(s_failed, s_all with { OnFailed = false }));
    }

    [Theory]
    [InlineData(RejectReason.RateLimited)]
    [InlineData(RejectReason.ConcurrencyLimited)]
    [InlineData(RejectReason.TenantLimited)]
    [InlineData(RejectReason.Shed)]
    [InlineData(RejectReason.QueueFull)]
    public void Decide_RefusedByOverload_UsesItIfWanted(RejectReason reason)
    {
        Assert.True(FallbackPolicy.Uses(new Rejected(reason, null), s_none with { OnOverload = true }));
        Assert.False(FallbackPolicy.Uses(new Rejected(reason, null), s_all with { OnOverload = false }));
    }

    [Fact]
    public void Decide_NobodyWaitsAnyMore_Stands()
    {
        Assert.False(FallbackPolicy.Uses(new Cancelled("caller"), s_all));
        Assert.False(FallbackPolicy.Uses(new Expired(ExpiredWhere.Run), s_all));
        Assert.False(FallbackPolicy.Uses(new Rejected(RejectReason.Stopped, null), s_all));
    }
}
