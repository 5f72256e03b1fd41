using Dispatcher.Actors.Configuration;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>P2, pool defaults: workers = 2 x cores, queue 1024, idle time-out 60 s; TrySubmit answers at once whether the task was taken.</summary>
public sealed class RowP2Tests : DispatcherTestKit
{
    private static readonly int s_workers = Environment.ProcessorCount * 2;

    [Fact]
    public void Defaults_OfTheReference_AreTwoWorkersACoreAQueueOf1024AndAMinuteOfIdling()
    {
        PoolSettings settings = SettingsReader.ReadPool(ReferenceConfig.Value, "any");
        Assert.Equal((s_workers, s_workers, 1024), (settings.WorkersMin, settings.WorkersMax, settings.QueueCapacity));
        Assert.Equal(TimeSpan.FromSeconds(60), ReferenceConfig.Value.GetTimeSpan("dispatcher.pool-defaults.scaling.idle-timeout"));
    }

    [Fact]
    public async Task TrySubmit_PoolOfDefaults_TakesWorkersAndQueueThenRefusesAtOnce()
    {
        ScriptedHandler<Job, int> handler = CreateScript<Job, int>();
        HandlerGate gate = new();
        handler.WaitsFor(gate, 1);
        TestPool pool = StartPool(b => b.Handle(handler));
        List<TaskHandle<int>> taken = [];
        for (int i = 0; i < s_workers; i++)
            taken.Add(Take(pool));
        await pool.AwaitAsync(s => s.Running == s_workers && s.Queued == 0);
        // Running is also one whose handler has yet to begin.
        await gate.AwaitWaitingAsync(s_workers);
        for (int i = 0; i < 1024; i++)
            taken.Add(Take(pool));

        Assert.False(pool.Dispatcher.TrySubmit(new Job(), out TaskHandle<int> refused));

        Assert.True(refused.Outcome.IsCompleted);
        Assert.Equal(new Rejected(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50)), (await refused.Outcome).Detail);
        Assert.False(pool.Dispatcher.TrySubmit(new Job()));
        gate.Open();
        Assert.All(await Task.WhenAll(taken.Select(handle => handle.Outcome)), outcome => Assert.True(outcome.IsCompleted));
        Assert.Equal(s_workers, handler.MostRunning);
    }

    private static TaskHandle<int> Take(TestPool pool)
    {
        Assert.True(pool.Dispatcher.TrySubmit(new Job(), out TaskHandle<int> handle));
        Assert.False(handle.Outcome.IsCompleted);
        return handle;
    }

    private sealed record Job : ITask<int>;
}
