using Dispatcher.Actors.Configuration;
using Xunit.Abstractions;

namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>What it is worth to serve the newest first while the queue stands: the same tasks, with the defaults of controlled delay.</summary>
public sealed class QueueOrderTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_unseen = TimeSpan.FromSeconds(1), s_counted = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(1.2, 1)]
    [InlineData(1.5, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    [InlineData(4, 5)]
    public void Overload_NewestFirst_TheServedWaitAFractionAndAsManyAreServed(double times, int seed)
    {
        (QueueOrderSimulation fifo, QueueOrderSimulation newest) = RunBoth(times, seed);
        Assert.InRange(newest.Goodput, fifo.Goodput - 0.015, fifo.Goodput + 0.015);
        Assert.True(newest.P50 < fifo.P50 / 10, $"P50 {newest.P50} after {fifo.P50}");
        Assert.True(newest.P99 <= fifo.P99, $"P99 {newest.P99} after {fifo.P99}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.05, 2)]
    [InlineData(1.1, 3)]
    public void AboutTheCapacity_NewestFirst_CostsAFewPercent(double times, int seed)
    {
        (QueueOrderSimulation fifo, QueueOrderSimulation newest) = RunBoth(times, seed);
        Assert.InRange(newest.Goodput, fifo.Goodput - 0.04, fifo.Goodput + 0.01);
        Assert.True(newest.Waits.Average() < fifo.Waits.Average(), $"mean {newest.Waits.Average()} after {fifo.Waits.Average()}");
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void Overload_NewestFirstAndAllClasses_TheLeastUrgentGoFirst(double times)
    {
        QueueOrderSimulation pool = new QueueOrderSimulation(Delay(newestFirst: true), 1, 0.1, 0.3, 0.6).Run(times, s_unseen, s_counted);
        double[] lost = [.. pool.Offered.Zip(pool.Served, (offered, served) => 1 - ((double)served / offered))];
        output.WriteLine($"{times}x lost {lost[0]:0.000}/{lost[1]:0.000}/{lost[2]:0.000}, goodput {pool.Goodput:0.000}");
        Assert.True(lost[0] < 0.01, $"P0 lost {lost[0]}");
        Assert.True(lost[1] < 0.03 || lost[2] > 0.9, $"P1 lost {lost[1]}, P2 lost {lost[2]}");
        Assert.InRange(pool.Goodput, 0.98, 1.02);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void AfterOverload_NewestFirst_ServesAllAndInTheOldOrder(double times)
    {
        QueueOrderSimulation fifo = After(newestFirst: false, times), newest = After(newestFirst: true, times);
        Assert.Equal((fifo.Served[1], fifo.P50, fifo.P99), (newest.Served[1], newest.P50, newest.P99));
    }

    // The same tasks come, so the same are served once nothing of the overload is left.
    private static QueueOrderSimulation After(bool newestFirst, double times)
    {
        QueueOrderSimulation pool = new(Delay(newestFirst), 1, 0, 1, 0);
        pool.Run(4, s_unseen, s_unseen);
        return pool.Run(times, s_unseen, s_counted);
    }

    private (QueueOrderSimulation Fifo, QueueOrderSimulation Newest) RunBoth(double times, int seed)
    {
        QueueOrderSimulation fifo = Run(newestFirst: false, times, seed), newest = Run(newestFirst: true, times, seed);
        foreach ((string order, QueueOrderSimulation pool) in new[] { ("first in first out", fifo), ("newest first", newest) })
            output.WriteLine($"{times}x {order}: goodput {pool.Goodput:0.000}, P50 {pool.P50:0.00} ms, P99 {pool.P99:0.00} ms, mean {pool.Waits.Average():0.00} ms");
        return (fifo, newest);
    }

    private static QueueOrderSimulation Run(bool newestFirst, double times, int seed) =>
        new QueueOrderSimulation(Delay(newestFirst), seed, 0, 1, 0).Run(times, s_unseen, s_counted);

    private static CoDelSettings Delay(bool newestFirst) => SettingsReader.ReadPool(ReferenceConfig.Value, "pool", new Dictionary<string, object>
    {
        ["admission.codel.enabled"] = "on",
        ["admission.codel.newest-first"] = newestFirst ? "on" : "off",
    }).Admission.CoDel!;
}
