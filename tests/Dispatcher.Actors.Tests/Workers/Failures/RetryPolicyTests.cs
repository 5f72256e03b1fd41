using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Tests.Workers.Failures;

public sealed class RetryPolicyTests
{
    private static readonly TimeoutException s_error = new();

    private static readonly RetryPolicy s_policy = new(new RetrySettings
    {
        Attempts = 3,
        TryTimeout = null,
        On = ["TimeoutException"],
        BackoffFirst = TimeSpan.FromMilliseconds(100),
        BackoffMax = TimeSpan.FromMilliseconds(300),
    });

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 300)]
    [InlineData(4, 300)]
    [InlineData(2_000, 300)] // twice as long each time is more than any number can hold
    public void After_SomeFailures_TwiceAsLongEachTimeUpToTheBound(int failures, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds), BackoffPolicy.After(failures, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)));

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    public void Decide_FirstAttempt_WaitsForAShareOfTheBackoff(double random, int milliseconds) => Assert.Equal(
        new RetryDecision(RetryVerdict.Retry, TimeSpan.FromMilliseconds(milliseconds)), Decide(attempt: 1, left: null, random));

    [Fact]
    public void Decide_LastAttempt_IsSpent() => Assert.Equal(RetryVerdict.AttemptsSpent, Decide(attempt: 3, left: null, 0).Verdict);

    [Fact]
    public void Decide_ErrorThatIsNotNamed_IsNotRetriable() => Assert.Equal(
        RetryVerdict.NotRetriable, s_policy.Decide(new FormatException(), "FormatException", 1, null, 0).Verdict);

    [Theory]
    [InlineData(49, RetryVerdict.TooLate)]
    [InlineData(50, RetryVerdict.TooLate)] // nothing would be left for the attempt
    [InlineData(51, RetryVerdict.Retry)]
    public void Decide_DeadlineIsNear_OnlyIfTimeIsLeftAfterTheWait(int left, object verdict) => Assert.Equal(
        verdict, Decide(attempt: 1, TimeSpan.FromMilliseconds(left), 0.5).Verdict);

    [Fact]
    public void DecideCrash_WorkersGoDownUnderIt_CostsNoAttemptAndEndsAsPoison()
    {
        Assert.Equal(RetryVerdict.Retry, s_policy.DecideCrash(crashes: 4, poisonAfter: 5, null, 0).Verdict);
        Assert.Equal(RetryVerdict.Poison, s_policy.DecideCrash(crashes: 5, poisonAfter: 5, null, 0).Verdict);
    }

    private static RetryDecision Decide(int attempt, TimeSpan? left, double random) => s_policy.Decide(s_error, "TimeoutException", attempt, left, random);
}
