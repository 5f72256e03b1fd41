using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Diagnosis;

public sealed class ProcessWatchTests
{
    private const long Mib = 1024 * 1024;

    [Fact]
    public void Threads_WorkWaitsAtTwoLooks_IsNamedUntilItDoesNotWait()
    {
        ThreadWatch watch = new(TimeSpan.FromSeconds(1));
        Assert.Null(Look(0));
        Assert.Null(Look(1.5));
        Symptom symptom = Look(6.5)!;
        Assert.Equal((FindingKind.ThreadsStarved, null, TimeSpan.FromSeconds(6.5)), (symptom.Kind, symptom.Pool, symptom.For));
        Assert.Equal("a work item has waited 6.5 s for a thread; 8 threads, 500 work items wait", symptom.Evidence);
        Assert.Null(Look(0.1));
        Assert.Null(Look(2));
        Symptom? Look(double seconds) => watch.Look(new RuntimeReading(0, 0, 8, 500, TimeSpan.FromSeconds(seconds)), DiagnosisSamples.Every);
    }

    [Fact]
    public void Heap_LargerAfterEachOfFiveFullCollections_IsNamedUntilItIsGivenBack()
    {
        HeapWatch watch = new(DiagnosisSamples.Settings());
        long[] live = [100, 120, 140, 160, 180];
        for (int i = 0; i < live.Length; i++)
            Assert.Null(Look(watch, i, live[i]));
        Symptom symptom = Look(watch, 5, 200)!;
        Assert.Equal((FindingKind.HeapGrows, null, TimeSpan.FromSeconds(25)), (symptom.Kind, symptom.Pool, symptom.For));
        Assert.Equal("100 -> 200 MiB live in 5 full collections, 5 or more of them in a row larger than the one before", symptom.Evidence);
        // No collection, no news. A little less is no end.
        Assert.NotNull(Look(watch, 5, 200));
        Assert.NotNull(Look(watch, 6, 195));
        Assert.Null(Look(watch, 7, 90));
        Assert.Null(Look(watch, 8, 95));
    }

    [Fact]
    public void Heap_ThatHasFoundItsSize_IsNotNamedAnyMore()
    {
        HeapWatch watch = new(DiagnosisSamples.Settings());
        for (int i = 0; i <= 5; i++)
            Look(watch, i, 100 + (i * 20));
        for (int i = 6; i < 10; i++)
            Assert.NotNull(Look(watch, i, 200));
        Assert.Null(Look(watch, 10, 200));
    }

    [Fact]
    public void Heap_GrowsByLittleOrNotEachTime_IsNotNamed()
    {
        HeapWatch little = new(DiagnosisSamples.Settings()), turns = new(DiagnosisSamples.Settings());
        for (int i = 0; i < 12; i++)
        {
            // Five mebibytes each time are 60 in all, under the least that counts.
            Assert.Null(Look(little, i, 100 + (i * 5)));
            Assert.Null(Look(turns, i, 100 + (i % 4 * 100)));
        }
    }

    private static Symptom? Look(HeapWatch watch, int collections, long liveMib) =>
        watch.Look(new RuntimeReading(collections, liveMib * Mib, 8, 0, TimeSpan.Zero), DiagnosisSamples.Every);
}
