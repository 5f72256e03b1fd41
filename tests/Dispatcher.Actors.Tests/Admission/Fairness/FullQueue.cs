using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>A pool's own queue that has few places: the other tasks wait for one. Door, gate and line are the real ones.</summary>
internal sealed class FullQueue : ISimulatedQueue
{
    private readonly PoolCore _core;
    private readonly TaskRoute<SimulatedArrival, int> _route;
    private uint _look;

    public FullQueue(int places, int maxWaiting)
    {
        _core = TestCells.Core(TestCells.Settings with
        {
            QueueCapacity = places,
            FullPolicy = FullPolicy.Wait,
            MaxWaiting = maxWaiting,
            Admission = new AdmissionSettings { Fairness = RoomyQueue.Settings, MaxTenants = RoomyQueue.Settings.MaxTenants },
        });
        _route = new TaskRoute<SimulatedArrival, int>(_core, "test", _ => new DelegateHandler<SimulatedArrival, int>((_, _) => new ValueTask<int>(0)));
    }

    public long Count => _core.Shared.Queue.Depth + _core.Shared.Waiting;

    /// <summary>How many of them wait for a place.</summary>
    public int Waiting => _core.Shared.Waiting;

    // Nobody awaits it: what matters here is when it is taken.
    public void Put(SimulatedArrival task) =>
        Assert.False(_route.RunAsync(task, new TaskOptions { Tenant = task.Tenant }, CancellationToken.None).AsTask().IsCompleted);

    public bool TryTake([NotNullWhen(true)] out SimulatedArrival? task)
    {
        task = _core.Shared.TryTake(_look++, out TaskCell? cell) ? ((TaskCell<SimulatedArrival, int>)cell).Task : null;
        return task != null;
    }
}
