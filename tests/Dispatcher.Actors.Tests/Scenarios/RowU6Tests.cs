using System.Reflection;
using System.Runtime.CompilerServices;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Routing.Balancing;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>U6, shared counters: what many threads write for each task is padded, or each thread writes its own.</summary>
public sealed class RowU6Tests
{
    private const int CacheLine = 64;

    [Fact]
    public void PaddedCounter_ItsValue_HasACacheLineToItselfWhereverItLies()
    {
        PaddedCounter[] two = new PaddedCounter[2];
        long distance = Unsafe.ByteOffset(ref two[0].Value, ref two[1].Value);
        long before = Unsafe.ByteOffset(ref Unsafe.As<PaddedCounter, long>(ref two[0]), ref two[0].Value);
        Assert.True(before >= CacheLine, $"{before} bytes before");
        Assert.True(distance - before >= CacheLine, $"{distance - before} bytes from the value to the end");
        Assert.Equal(Unsafe.SizeOf<PaddedCounter>(), Unsafe.SizeOf<PaddedWord>());
    }

    [Theory]
    [InlineData(typeof(MpmcRing<TaskCell>), "_head")]
    [InlineData(typeof(MpmcRing<TaskCell>), "_tail")]
    [InlineData(typeof(Intake), "_reserved")]
    [InlineData(typeof(Intake), "_releasedSeen")]
    [InlineData(typeof(IdleWorkers), "_few")]
    [InlineData(typeof(IdleWorkers), "_wakeUnderWay")]
    [InlineData(typeof(RoundRobinPolicy), "_turn")]
    public void HotCounters_OfTheSubmitPath_ArePadded(Type owner, string field)
    {
        FieldInfo found = owner.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(owner.Name, field);
        Assert.Contains(found.FieldType, (Type[])[typeof(PaddedCounter), typeof(PaddedWord)]);
    }

    // Completed tasks, the one count that every task moves: each worker has its own, and the sum is made when it is asked for.
    [Fact]
    public void CompletedTasks_AreCountedByEachWorkerForItself()
    {
        Assert.NotNull(typeof(WorkerSlot).GetField("_completed", BindingFlags.Instance | BindingFlags.NonPublic));
        Assert.False(typeof(WorkerSlots).GetProperty(nameof(WorkerSlots.Completed))!.CanWrite);
    }
}
