using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Tests.Workers.Failures;

public sealed class RetryBudgetTests
{
    private const long Second = 1000;

    [Fact]
    public void TryTake_ShareOfTheTraffic_ThatManyAndNoMore()
    {
        RetryBudget budget = new(percent: 20, floorPerSecond: 0, Second, now: 0);
        Assert.Equal(20, TakeAll(budget, traffic: 100, now: 500));
        Assert.Equal(0, TakeAll(budget, traffic: 104, now: 600));
        Assert.Equal(1, TakeAll(budget, traffic: 105, now: 700));
    }

    [Fact]
    public void TryTake_WindowHasPassed_TheOldTrafficAndTheOldRetriesAreForgotten()
    {
        RetryBudget budget = new(percent: 20, floorPerSecond: 0, Second, now: 0);
        Assert.Equal(20, TakeAll(budget, traffic: 100, now: 500));
        // Nine seconds later both still count; ten seconds later neither does.
        Assert.Equal(0, TakeAll(budget, traffic: 100, now: 9_999));
        Assert.Equal(0, TakeAll(budget, traffic: 100, now: 10_000));
        Assert.Equal(2, TakeAll(budget, traffic: 110, now: 10_001));
    }

    [Fact]
    public void TryTake_NoTraffic_TheFloorOfTenSeconds()
    {
        RetryBudget budget = new(percent: 0, floorPerSecond: 3, Second, now: 0);
        Assert.Equal(30, TakeAll(budget, traffic: 0, now: 1));
        Assert.Equal(0, TakeAll(budget, traffic: 1_000, now: 9_000));
        Assert.Equal(30, TakeAll(budget, traffic: 1_000, now: 10_000));
    }

    [Fact]
    public void TryTake_NothingAskedForLongerThanTheWindow_OnlyTheWindowsShareOfTheTrafficCounts()
    {
        RetryBudget budget = new(percent: 100, floorPerSecond: 0, Second, now: 0);
        // 1000 tasks in 100 s are 100 in ten.
        Assert.Equal(100, TakeAll(budget, traffic: 1_000, now: 100_000));
    }

    [Fact]
    public void TryTake_TimeGoesBackBetweenThreads_Stands()
    {
        RetryBudget budget = new(percent: 100, floorPerSecond: 0, Second, now: 50_000);
        Assert.Equal(10, TakeAll(budget, traffic: 10, now: 60_000));
        Assert.Equal(0, TakeAll(budget, traffic: 10, now: 41_000));
        Assert.Equal(5, TakeAll(budget, traffic: 15, now: 41_000));
    }

    [Fact]
    public void TryTake_RandomTraffic_NeverMoreThanTheShareOfTheLastTenSeconds()
    {
        Random random = new(7);
        RetryBudget budget = new(percent: 25, floorPerSecond: 1, Second, now: 0);
        int[] cameIn = new int[100], taken = new int[100];
        long traffic = 0;
        for (int second = 0; second < 100; second++)
        {
            cameIn[second] = random.Next(0, 200);
            traffic += cameIn[second];
            taken[second] = TakeAll(budget, traffic, second * Second);
            int from = Math.Max(0, second - 9);
            double bound = 10 + (0.25 * cameIn[from..(second + 1)].Sum());
            Assert.InRange(taken[from..(second + 1)].Sum(), Math.Floor(bound), bound);
        }
    }

    private static int TakeAll(RetryBudget budget, long traffic, long now)
    {
        int taken = 0;
        while (taken < 10_000 && budget.TryTake(traffic, now))
            taken++;
        return taken;
    }
}
