using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission;

/// <summary>A queue whose order turns round again and again, with many threads on either side: submit, cancel, shed, take.</summary>
public sealed class NewestFirstCrowdTests
{
    private const int Places = 8;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 30)]
    [InlineData(3, 90)]
    public async Task Queue_SubmittersCancelsAndTakers_EveryTaskOnceAndNothingIsLeft(int seed, int percentCancelled)
    {
        PoolCore core = TestCells.Core(TestCells.Settings with
        {
            QueueCapacity = Places,
            FullPolicy = FullPolicy.DropOldest,
            Admission = new AdmissionSettings
            {
                CoDel = new CoDelSettings { Interval = TimeSpan.FromMilliseconds(1), Target = TimeSpan.FromMicroseconds(50), NewestFirst = true },
            },
        });
        TaskRoute<string, int> route = TestCells.Route(core);
        long taken = await TaskCrowd.RunAsync(core, seed, random => Submit(core, route, random, percentCancelled));

        Assert.Equal(TaskCrowd.Submitted, core.Submitted);
        Assert.Equal(core.Submitted, core.Counters.Total + taken);
        Assert.Equal(0, core.Shared.Queue.Depth);
    }

    // Now and then a class is told that its queue stands, whatever the machine does.
    private static void Submit(PoolCore core, TaskRoute<string, int> route, Random random, int percentCancelled)
    {
        using CancellationTokenSource source = new();
        TaskOptions options = new() { Priority = (TaskPriority)random.Next(3) };
        _ = route.RunAsync("x", options, source.Token).AsTask();
        if (random.Next(100) < percentCancelled)
            source.Cancel();
        if (random.Next(4) == 0)
            core.Gate!.NewestFirst![random.Next(3)].OnTaken(TimeSpan.TicksPerSecond, 0, core.Clock.Now, false);
    }
}
