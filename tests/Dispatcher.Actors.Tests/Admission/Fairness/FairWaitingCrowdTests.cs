using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>Tenants that share a queue of few places, with many threads on either side: submit, wait, cancel, take.</summary>
public sealed class FairWaitingCrowdTests
{
    private const int Places = 3;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 30)]
    [InlineData(3, 90)]
    public async Task Line_SubmittersCancelsAndTakers_EveryTaskOnceAndNothingIsLeft(int seed, int percentCancelled)
    {
        PoolCore core = TestCells.Core(TestCells.Settings with
        {
            QueueCapacity = Places,
            FullPolicy = FullPolicy.Wait,
            MaxWaiting = 100,
            Admission = new AdmissionSettings { Fairness = RoomyQueue.Settings with { MaxTenants = 3, MaxShare = 0.5 }, MaxTenants = 3 },
        });
        TaskRoute<string, int> route = TestCells.Route(core);
        long taken = await TaskCrowd.RunAsync(core, seed, random => Submit(route, random, percentCancelled));

        Assert.Equal(TaskCrowd.Submitted, core.Submitted);
        Assert.Equal((0, 0, 0), (core.Shared.Queue.Depth, core.Shared.Waiting, core.Gate!.Shares!.Held));
        Assert.Equal(percentCancelled > 0, core.Counters.Of(OutcomeKind.Cancelled) > 0);
        Assert.InRange(taken, 1, core.Submitted);
    }

    private static void Submit(TaskRoute<string, int> route, Random random, int percentCancelled)
    {
        using CancellationTokenSource source = new();
        TaskOptions options = new() { Tenant = $"tenant {random.Next(5)}", Priority = (TaskPriority)random.Next(3) };
        _ = route.RunAsync("x", options, source.Token).AsTask();
        if (random.Next(100) < percentCancelled)
            source.Cancel();
    }
}
