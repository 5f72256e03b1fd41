using Dispatcher.Actors.Admission.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Limits;

public sealed class ConcurrencyLimiterTests
{
    private static readonly ConcurrencySettings s_ten = new() { Limit = 10, Headroom = 0.1, RetryAfter = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public void TryEnter_AnyOrderOfEntersExitsAndLimits_DoesWhatACounterDoes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
            Gen.Choose(0, 9).ArrayOf(200).ToArbitrary(), steps =>
            {
                ConcurrencyLimiter limiter = new(s_ten with { Headroom = 0 });
                int limit = 10, inside = 0;
                foreach (int step in steps)
                {
                    if (step < 6)
                    {
                        bool mayEnter = inside < limit;
                        if (limiter.TryEnter((TaskPriority)(step % 3)) != mayEnter)
                            return false;
                        inside += mayEnter ? 1 : 0;
                    }
                    else if (step < 9 && inside > 0)
                    {
                        limiter.Exit();
                        inside--;
                    }
                    else
                    {
                        limit = 1 + ((limit * 7) % 13);
                        limiter.SetLimit(limit);
                    }

                    if (limiter.InFlight != inside || limiter.Limit != limit)
                        return false;
                }

                return true;
            }));

    [Theory]
    [InlineData(TaskPriority.P2, 8)]
    [InlineData(TaskPriority.P1, 9)]
    [InlineData(TaskPriority.P0, 10)]
    public void TryEnter_LessUrgentClasses_LeaveRoomForTheOthers(TaskPriority priority, int expected)
    {
        ConcurrencyLimiter limiter = new(s_ten);
        int entered = 0;
        while (limiter.TryEnter(priority))
            entered++;
        Assert.Equal(expected, entered);
    }

    [Fact]
    public void TryEnter_LimitOfOne_LetsEveryClassIn()
    {
        ConcurrencyLimiter limiter = new(s_ten with { Limit = 1, Headroom = 0.4 });
        Assert.True(limiter.TryEnter(TaskPriority.P2));
    }

    [Fact]
    public void TakeLeast_AfterAWindow_IsTheFewestThatWereIn()
    {
        ConcurrencyLimiter limiter = new(s_ten);
        for (int i = 0; i < 7; i++)
            limiter.TryEnter(TaskPriority.P0);
        limiter.TakeLeast();
        for (int i = 0; i < 4; i++)
            limiter.Exit();
        for (int i = 0; i < 5; i++)
            limiter.TryEnter(TaskPriority.P0);
        Assert.Equal(3, limiter.TakeLeast());
        Assert.Equal(8, limiter.TakeLeast());
    }

    [Fact]
    public void TakeRefused_SomebodyWasKeptOut_SaysSoOnce()
    {
        ConcurrencyLimiter limiter = new(s_ten with { Limit = 1 });
        limiter.TryEnter(TaskPriority.P0);
        Assert.False(limiter.TakeRefused());
        limiter.TryEnter(TaskPriority.P0);
        Assert.True(limiter.TakeRefused());
        Assert.False(limiter.TakeRefused());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TryEnter_ManyThreadsWhileTheLimitChanges_NeverOverTheGreatestAndAllLeave(int seed)
    {
        const int Greatest = 7;
        ConcurrencyLimiter limiter = new(s_ten with { Limit = Greatest });
        int inside = 0, most = 0, entered = 0;
        await Crowd.Run(6, seed, (thread, random) =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (thread == 0 && random.Next(50) == 0)
                    limiter.SetLimit(1 + random.Next(Greatest));
                if (!limiter.TryEnter((TaskPriority)random.Next(3)))
                    continue;
                int now = Interlocked.Increment(ref inside);
                InterlockedMax(ref most, now);
                Interlocked.Increment(ref entered);
                Interlocked.Decrement(ref inside);
                limiter.Exit();
            }
        });
        Assert.InRange(most, 1, Greatest);
        Assert.True(entered > 0);
        Assert.Equal(0, limiter.InFlight);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while (now > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }
}
