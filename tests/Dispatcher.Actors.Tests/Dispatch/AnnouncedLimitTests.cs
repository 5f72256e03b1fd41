using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Dispatch;

/// <summary>A sweep that falls between the queue, where a task is no more, and its worker's hands, where it cannot be seen yet.</summary>
public sealed class AnnouncedLimitTests
{
    [Fact]
    public void SweepWhileATaskIsOnItsWay_ItsRunBudgetIsWatchedAllTheSame()
    {
        ManualTime time = new();
        PoolCore core = TestCells.Core(TestCells.Settings, time);
        TaskRoute<string, int> route = TestCells.Route(core, static (_, _) => new ValueTask<int>(new TaskCompletionSource<int>().Task));
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        core.Connect(new Sweeping(core));
        core.Open();
        Assert.True(route.TrySubmit("task", new TaskOptions { RunBudget = TimeSpan.FromMilliseconds(10) }));

        worker.RunTurn();

        Assert.Equal(time.GetTimestamp() + TimeSpan.FromMilliseconds(10).Ticks, core.NextSweep);
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }

    /// <summary>The first limit that is announced meets a sweep at once.</summary>
    private sealed class Sweeping(PoolCore core) : IPoolSignals
    {
        private bool _swept;

        public void RouteWake()
        {
        }

        public void RouteWakeTo(int worker)
        {
        }

        public void ArmSweep()
        {
            if (_swept)
                return;
            _swept = true;
            core.Sweep();
        }

        public void StartWatch()
        {
        }

        public void Review()
        {
        }
    }
}
