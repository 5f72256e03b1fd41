using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Diagnosis;

public sealed class QueueWatchTests
{
    private readonly QueueWatch _watch = new("mail", 6);

    [Fact]
    public void Look_MoreComesThanIsServed_IsNamedAfterSixLooksAndEndsWhenItIsServed()
    {
        Assert.Null(Look(0, 0));
        for (int look = 1; look < 6; look++)
            Assert.Null(Look(look * 10, look * 5));
        Symptom symptom = Look(60, 30)!;
        Assert.Equal((FindingKind.QueueGrows, "mail", TimeSpan.FromSeconds(30)), (symptom.Kind, symptom.Pool, symptom.For));
        Assert.Equal("0 -> 60 tasks wait, the oldest for 30 s; in 30 s 60 came and 0 were started; 4 run in 4 worker(s)", symptom.Evidence);
        Assert.NotNull(Look(70, 35));
        // One good look may be luck.
        Assert.NotNull(Look(50, 20));
        Assert.Null(Look(40, 10));
    }

    [Fact]
    public void Look_QueueThatStands_IsNamedThoughNothingComes()
    {
        Symptom? symptom = null;
        for (int look = 0; look < 8; look++)
            symptom = Look(10, look * 5);
        Assert.NotNull(symptom);
        Assert.Null(Look(0, 0));
    }

    [Fact]
    public void Look_LongQueueThatIsServed_IsNotNamed()
    {
        // Filled at once, and worked off: it gets shorter, however old its tasks become.
        for (int look = 0; look < 100; look++)
            Assert.Null(Look(1000 - (look * 10), look * 5));
    }

    [Fact]
    public void Look_FullQueueWithThroughput_IsNotNamed()
    {
        // The oldest task is always as old as it takes to work a full queue off.
        for (int look = 0; look < 100; look++)
            Assert.Null(Look(1024, Math.Min(look * 5, 12)));
    }

    [Fact]
    public void Look_GrowsAndShrinksByTurns_IsNotNamed()
    {
        for (int look = 0; look < 100; look++)
            Assert.Null(Look(look % 5 * 10, look % 5 * 5));
    }

    [Fact]
    public void Look_OldestAgesAtLessThanHalfTheSpeedOfTime_IsNotNamed()
    {
        for (int look = 0; look < 100; look++)
            Assert.Null(Look(look, look * 2.4));
    }

    // Every task that comes waits, and four run.
    private Symptom? Look(int depth, double oldestSeconds) =>
        _watch.Look(new QueueReading(depth, TimeSpan.FromSeconds(oldestSeconds), depth + 4, 4, 4, 4), DiagnosisSamples.Every);
}
