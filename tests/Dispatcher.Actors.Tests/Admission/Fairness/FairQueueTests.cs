using Dispatcher.Actors.Admission.Fairness;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

public sealed class FairQueueTests
{
    private static readonly Dictionary<string, int> s_weights = new() { ["b"] = 2, ["c"] = 5 };

    private static readonly FairnessSettings s_settings = new() { MaxTenants = 8, MaxShare = 1, DefaultWeight = 1, Burst = 1, RetryAfter = TimeSpan.FromMilliseconds(1), Weights = s_weights };

    [Fact]
    public void Queue_AnyOrder_DoesWhatTheModelDoes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, 11).ArrayOf(200).ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (steps, burst) =>
        {
            FairLine<string> queue = new(60, s_settings with { MaxShare = 0.25, Burst = burst });
            FairQueueModel model = new(s_weights, 15, burst);
            int number = 0;
            foreach (int step in steps)
            {
                if (step < 6)
                {
                    string? tenant = step == 0 ? null : ((char)('a' + step - 1)).ToString();
                    string item = $"{tenant}{number++}";
                    if (queue.TryEnqueue(tenant, item) != null != model.Enqueue(tenant ?? "", item))
                        return false;
                }
                else
                {
                    queue.TryDequeue(out string? item);
                    if (item != model.Dequeue())
                        return false;
                }
            }

            return true;
        }));

    [Fact]
    public void TryDequeue_OneTenantWithALongLine_OthersAreServedInTurn()
    {
        FairLine<string> queue = new(2000, s_settings);
        for (int i = 0; i < 1000; i++)
            queue.TryEnqueue("big", $"big{i}");
        queue.TryEnqueue("a", "a0");
        queue.TryEnqueue("d", "d0");
        queue.TryEnqueue("a", "a1");
        Assert.Equal(["big0", "a0", "d0", "big1", "a1", "big2", "big3"], Take(queue, 7));
    }

    [Fact]
    public void TryDequeue_Weights_AreTheNumbersServedInARow()
    {
        FairLine<string> queue = new(2000, s_settings);
        for (int i = 0; i < 10; i++)
        {
            queue.TryEnqueue("a", $"a{i}");
            queue.TryEnqueue("b", $"b{i}");
            queue.TryEnqueue("c", $"c{i}");
        }

        // First one each on credit, then the round.
        Assert.Equal(["a0", "b0", "c0"], Take(queue, 3));
        Assert.Equal(["a1", "b1", "b2", "c1", "c2", "c3", "c4", "c5", "a2", "b3"], Take(queue, 10));
    }

    [Fact]
    public void TryDequeue_TenantThatComesAgainAndAgain_GetsNoMoreThanItsShareInTheLongRun()
    {
        FairLine<string> queue = new(2000, s_settings with { Burst = 16 });
        for (int i = 0; i < 1000; i++)
            queue.TryEnqueue("big", "big");
        int served = 0;
        for (int i = 0; i < 1000; i++)
        {
            // One task at a time, the next as soon as it is gone: its line is always just empty or just begun.
            queue.TryEnqueue("again", "again");
            while (Take(queue, 1)[0] == "again")
            {
                served++;
                queue.TryEnqueue("again", "again");
            }
        }

        Assert.InRange(served, 950, 1000 + 16);
    }

    [Fact]
    public void TryEnqueue_TenantHasFilledItsShare_SaysNoAndOthersGoOn()
    {
        FairLine<string> queue = new(10, s_settings with { MaxShare = 0.3 });
        for (int i = 0; i < 3; i++)
            Assert.NotNull(queue.TryEnqueue("a", "x"));
        Assert.Null(queue.TryEnqueue("a", "x"));
        Assert.NotNull(queue.TryEnqueue("b", "x"));
        Take(queue, 1);
        Assert.NotNull(queue.TryEnqueue("a", "x"));
    }

    [Fact]
    public void TryEnqueue_MoreTenantsThanPlaces_TheRestSharesALine()
    {
        FairLine<string> queue = new(100, s_settings with { MaxTenants = 2 });
        foreach (string tenant in new[] { "t1", "t2", "t3", "t4", "t3", "t1" })
            Assert.NotNull(queue.TryEnqueue(tenant, tenant));
        Assert.Equal(["t1", "t2", "t3", "t1", "t4", "t3"], Take(queue, 6));
        Assert.Equal(3, queue.Shares.Shared);
    }

    [Fact]
    public void TryEnqueue_TenantWithoutTasks_MakesRoomForAnother()
    {
        FairLine<string> queue = new(100, s_settings with { MaxTenants = 1 });
        for (int i = 0; i < 50; i++)
        {
            queue.TryEnqueue($"tenant {i}", "x");
            Take(queue, 1);
        }

        Assert.Equal(0, queue.Shares.Shared);
    }

    [Fact]
    public void TryDequeue_Empty_SaysNo()
    {
        FairLine<string> queue = new(4, s_settings);
        Assert.False(queue.TryDequeue(out _));
        Assert.False(queue.HasItem);
        queue.TryEnqueue("a", "x");
        Assert.True(queue.HasItem);
        Assert.Equal(1, queue.Count);
        Take(queue, 1);
        Assert.False(queue.HasItem);
    }

    [Fact]
    public void Withdraw_ManyTombstones_AreSweptAndOrderStays()
    {
        FairLine<string> queue = new(1000, s_settings, item => item.StartsWith("dead", StringComparison.Ordinal));
        string[] tenants = ["a", "b", "d"];
        int swept = 0;
        for (int i = 0; i < 3000; i++)
        {
            // Nine of ten are ended at once, so that living ones never fill the queue.
            bool lives = i % 10 == 0;
            FairTenant? holder = queue.TryEnqueue(tenants[i % 3], lives ? $"{tenants[i % 3]} {i:0000}" : $"dead {i}");
            if (!lives && queue.Withdraw(holder!))
                swept++;
        }

        Assert.True(swept > 10);
        List<string> left = [];
        while (queue.TryTake(out string? item, out _))
        {
            if (item.StartsWith("dead", StringComparison.Ordinal))
                queue.OnTombstoneTaken();
            else
                left.Add(item);
        }

        Assert.Equal(300, left.Count);
        foreach (string tenant in tenants)
        {
            string[] own = [.. left.Where(item => item.StartsWith(tenant, StringComparison.Ordinal))];
            Assert.Equal(own.Order(StringComparer.Ordinal), own);
        }
    }

    [Fact]
    public void PeekAt_AllPlaces_ShowsEveryTask()
    {
        FairLine<string> queue = new(10, s_settings);
        queue.TryEnqueue("a", "x");
        queue.TryEnqueue("b", "y");
        Assert.Equal(["x", "y"], queue.Seen.Order());
    }

    [Fact]
    public void TryEnqueue_TasksOfATenantWereEndedInTheQueue_TheirShareIsFree()
    {
        FairLine<string> queue = new(10, s_settings with { MaxShare = 0.3 });
        for (int i = 0; i < 20; i++)
        {
            FairTenant? holder = queue.TryEnqueue("a", "x");
            Assert.NotNull(holder);
            queue.Withdraw(holder);
        }
    }

    [Fact]
    public void TryHold_ATenantHasOnlyTombstones_ItKeepsItsEntry()
    {
        FairLine<string> queue = new(10, s_settings with { MaxTenants = 1 });
        queue.Withdraw(queue.TryEnqueue("a", "dead")!);
        Assert.NotNull(queue.TryEnqueue("b", "x"));
        Assert.Equal(1, queue.Shares.Shared);
        queue.TryTake(out _, out _);
        Assert.NotNull(queue.TryEnqueue("b", "y"));
        Assert.Equal(1, queue.Shares.Shared);
    }

    private static List<string> Take(FairLine<string> queue, int count)
    {
        List<string> taken = [];
        for (int i = 0; i < count; i++)
        {
            Assert.True(queue.TryDequeue(out string? item));
            taken.Add(item);
        }

        return taken;
    }
}
