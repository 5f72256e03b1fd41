using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class IdleWorkersTests
{
    public static TheoryData<int> Capacities => [1, 63, 64, 300];

    [Theory]
    [MemberData(nameof(Capacities))]
    public void TryTakeForWake_UntilItArrives_NobodyElseWakes(int capacity)
    {
        IdleWorkers idle = new(capacity);
        Assert.False(idle.MayWake);
        Assert.False(idle.TryTakeForWake(out _));
        for (int i = 0; i < capacity; i++)
            idle.Add(i);
        for (int i = 0; i < capacity; i++)
        {
            Assert.True(idle.MayWake);
            Assert.True(idle.TryTakeForWake(out int index));
            Assert.Equal(i, index);
            Assert.False(idle.MayWake);
            Assert.False(idle.TryTakeForWake(out _));
            Assert.Equal(capacity - i - 1, idle.Count);
            idle.OnWakeArrived();
        }

        Assert.False(idle.TryTakeForWake(out _));
        idle.Add(capacity - 1);
        Assert.True(idle.MayWake);
    }

    [Theory]
    [MemberData(nameof(Capacities))]
    public void TryRemove_WhileAWakeIsUnderWay_TakesTheWorkerAndLeavesTheMark(int capacity)
    {
        IdleWorkers idle = new(capacity);
        idle.Add(0);
        Assert.True(idle.TryTakeForWake(out _));
        idle.Add(capacity - 1);
        Assert.True(idle.Contains(capacity - 1));
        Assert.True(idle.TryRemove(capacity - 1));
        Assert.False(idle.TryRemove(capacity - 1));
        Assert.Equal(0, idle.Count);
        idle.Add(0);
        Assert.False(idle.MayWake);
        idle.OnWakeArrived();
        Assert.True(idle.MayWake);
    }
}
