using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Tests.Workers.Failures;

public sealed class SupervisionPolicyTests
{
    private static readonly SupervisionPolicy s_policy = new(new SupervisionSettings
    {
        ResumeOn = ["FormatException", "IOException"],
        StopOn = ["IOException", "BadImageFormatException"],
        EscalateOn = ["BadImageFormatException"],
        EscalateAfter = 4,
        BackoffAfter = 3,
        BackoffFirst = TimeSpan.FromSeconds(1),
        BackoffMax = TimeSpan.FromSeconds(3),
    });

    [Fact]
    public void Decide_NamedOnce_AsNamed()
    {
        Assert.Equal(SupervisionDirective.Restart, s_policy.Decide(new InvalidOperationException(), 0));
        Assert.Equal(SupervisionDirective.Resume, s_policy.Decide(new FormatException(), 0));
    }

    [Fact]
    public void Decide_NamedTwice_TheStricterOne()
    {
        Assert.Equal(SupervisionDirective.Stop, s_policy.Decide(new FileNotFoundException(), 0));
        Assert.Equal(SupervisionDirective.Escalate, s_policy.Decide(new BadImageFormatException(), 0));
    }

    [Theory]
    [InlineData(3, SupervisionDirective.Restart)]
    [InlineData(4, SupervisionDirective.Escalate)]
    public void Decide_CrashesInARow_EscalateFromTheirNumberOn(int crashes, object directive) =>
        Assert.Equal(directive, s_policy.Decide(new InvalidOperationException(), crashes));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(6, 2)]
    [InlineData(9, 3)]
    public void RestAfter_FailuresInARow_EveryThirdRestsTwiceAsLong(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), s_policy.RestAfter(failures, isCrash: false));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void RestAfter_HandlerCannotBeMade_RestsEachTime(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), s_policy.RestAfter(failures, isCrash: true));
}
