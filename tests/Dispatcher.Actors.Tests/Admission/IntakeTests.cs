using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class IntakeTests
{
    private readonly PoolCore _core = TestCells.Core();
    private readonly TaskRoute _route;

    public IntakeTests() => _route = TestCells.Route(_core);

    private Intake Intake => _core.Shared.Queue;

    [Fact]
    public void TryReserve_CapacityTaken_SaysNoUntilAPlaceIsGivenBack()
    {
        for (int i = 0; i < 4; i++)
            Assert.True(Intake.TryReserve());
        Assert.False(Intake.TryReserve());
        Assert.Equal(4, Intake.Depth);
        Intake.Return();
        Assert.True(Intake.TryReserve());
        Assert.False(Intake.TryReserve());
    }

    [Fact]
    public void TryTake_ThreeClasses_MostUrgentFirstAndOldestFirst()
    {
        Put("p2", TaskPriority.P2);
        Put("p1", TaskPriority.P1);
        Put("p0a", TaskPriority.P0);
        Put("p0b", TaskPriority.P0);
        Assert.Equal(["p0a", "p0b", "p1", "p2"], TakeAll());
        Assert.Equal(0, Intake.Depth);
    }

    [Fact]
    public void TryTake_SteadyUrgentStream_LowerClassesAreServedToo()
    {
        Put("p2", TaskPriority.P2);
        Put("p1", TaskPriority.P1);
        HashSet<string> served = [];
        for (uint look = 0; look < 32; look++)
        {
            Put("p0", TaskPriority.P0);
            Assert.True(Intake.TryTake(look, _core.Clock, out TaskCell? cell));
            served.Add(Text(cell));
        }

        Assert.Equal(["p0", "p1", "p2"], served.Order());
    }

    [Fact]
    public void TryTake_Task_IsRunningAndItsPlaceIsFree()
    {
        Put("a");
        Assert.True(Intake.TryTake(0, _core.Clock, out TaskCell? cell));
        Assert.Equal(CellState.Running, cell.State);
        Assert.Equal(0, Intake.Depth);
    }

    [Fact]
    public void Withdraw_CancelledTask_FreesItsPlaceAtOnceAndIsNeverTaken()
    {
        TaskCell cell = Put("a");
        Put("b");
        Assert.True(cell.RequestCancel(cell.Id, OutcomeDetails.CancelledByCaller));
        Assert.Equal(1, Intake.Depth);
        Assert.Equal(["b"], TakeAll());
    }

    [Fact]
    public void Withdraw_AHundredThousandCancelsWithNobodyTaking_StaysBoundedAndKeepsTheOthersInOrder()
    {
        Put("first");
        for (int i = 0; i < 100_000; i++)
        {
            TaskCell cell = Put("gone");
            Assert.True(cell.RequestCancel(cell.Id, OutcomeDetails.CancelledByCaller));
            Assert.Equal(i < 50_000 ? 1 : 2, Intake.Depth);
            if (i == 49_999)
                Put("second");
        }

        Assert.Equal(["first", "second"], TakeAll());
        Assert.Equal(100_000, _core.Counters.Of(OutcomeKind.Cancelled));
    }

    [Fact]
    public void TryShed_ClassWithTasks_EndsTheOldestAndKeepsItsPlace()
    {
        Put("p1", TaskPriority.P1);
        Put("p2a", TaskPriority.P2);
        Put("p2b", TaskPriority.P2);
        Assert.True(Intake.TryShed((int)TaskPriority.P2, _core.Shed));
        Assert.Equal(3, Intake.Depth);
        Assert.Equal(["p1", "p2b"], TakeAll());
        Assert.Equal(1, _core.Counters.Of(RejectReason.Shed));
    }

    [Fact]
    public void TryShed_ClassWithoutTasks_SaysNo()
    {
        Put("p0", TaskPriority.P0);
        Put("p1", TaskPriority.P1);
        Assert.False(Intake.TryShed((int)TaskPriority.P2, _core.Shed));
    }

    [Fact]
    public void EndAll_QueuedAndCancelled_EndsEachOnce()
    {
        TaskCell cancelled = Put("a");
        Put("b");
        Put("c", TaskPriority.P0);
        cancelled.RequestCancel(cancelled.Id, OutcomeDetails.CancelledByCaller);
        Intake.EndAll(OutcomeDetails.Stopped);
        Assert.Equal(0, Intake.Depth);
        Assert.Equal(2, _core.Counters.Of(RejectReason.Stopped));
        Assert.Equal(1, _core.Counters.Of(OutcomeKind.Cancelled));
    }

    [Fact]
    public async Task Intake_ManyThreads_NeverMoreThanItsCapacityAndNothingLost()
    {
        const int Submitters = 4, PerSubmitter = 30_000;
        int inside = 0, most = 0, taken = 0, refused = 0;
        Task[] submitters = [.. Enumerable.Range(0, Submitters).Select(s => Task.Run(() =>
        {
            for (int i = 0; i < PerSubmitter; i++)
            {
                if (!Intake.TryReserve())
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                int now = Interlocked.Increment(ref inside);
                int seen;
                while (now > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, now, seen) != seen)
                {
                }

                Intake.Enqueue(TestCells.Cell(_route, "x", CellState.Queued, (TaskPriority)((s + i) % 3)));
            }
        }))];
        Task[] takers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            SpinWait spin = default;
            for (uint look = 0; Volatile.Read(ref taken) + Volatile.Read(ref refused) < Submitters * PerSubmitter; look++)
            {
                // Before the take: the place is given back inside it.
                Interlocked.Decrement(ref inside);
                if (Intake.TryTake(look, _core.Clock, out TaskCell? _))
                {
                    Interlocked.Increment(ref taken);
                    continue;
                }

                Interlocked.Increment(ref inside);
                spin.SpinOnce();
            }
        }))];
        await Task.WhenAll([.. submitters, .. takers]);
        Assert.InRange(most, 1, 4);
        Assert.Equal(Submitters * PerSubmitter, taken + refused);
        Assert.Equal(0, Intake.Depth);
    }

    private TaskCell<string, int> Put(string task, TaskPriority priority = TaskPriority.P1)
    {
        Assert.True(Intake.TryReserve());
        TaskCell<string, int> cell = TestCells.Cell(_route, task, CellState.Queued, priority);
        Intake.Enqueue(cell);
        return cell;
    }

    private List<string> TakeAll()
    {
        List<string> taken = [];
        while (Intake.TryTake(0, _core.Clock, out TaskCell? cell))
            taken.Add(Text(cell));
        return taken;
    }

    private static string Text(TaskCell cell) => ((TaskCell<string, int>)cell).Task;
}
