using Dispatcher.Actors.Admission;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class IndexMaskTests
{
    [Fact]
    public void TryTake_SeveralNumbers_TakesTheLowestFirst()
    {
        IndexMask mask = new(200);
        mask.Add(130);
        mask.Add(7);
        mask.Add(64);
        Assert.Equal(3, mask.Count);
        Assert.Equal([7, 64, 130], TakeAll(mask));
        Assert.False(mask.Any);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(70_000)]
    public void TryTake_FullSetOfAnyCapacity_YieldsEveryNumberOnce(int capacity)
    {
        IndexMask mask = new(capacity);
        for (int i = 0; i < capacity; i++)
            mask.Add(i);
        Assert.Equal(capacity, mask.Count);
        Assert.Equal(Enumerable.Range(0, capacity), TakeAll(mask));
    }

    [Fact]
    public void TryRemove_NumberThere_OnlyOnce()
    {
        IndexMask mask = new(300);
        mask.Add(299);
        Assert.True(mask.Contains(299));
        Assert.True(mask.TryRemove(299));
        Assert.False(mask.TryRemove(299));
        Assert.False(mask.TryTake(out int none));
        Assert.Equal(-1, none);
    }

    [Fact]
    public void Mask_AnyOperations_IsASet() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int[]>(operations =>
        {
            const int Capacity = 600;
            IndexMask mask = new(Capacity);
            SortedSet<int> model = [];
            foreach (int operation in operations)
            {
                int index = (int)((uint)operation / 3 % Capacity);
                switch ((uint)operation % 3)
                {
                    case 0:
                        mask.Add(index);
                        model.Add(index);
                        break;
                    case 1:
                        Assert.Equal(model.Remove(index), mask.TryRemove(index));
                        break;
                    default:
                        Assert.Equal(model.Count > 0, mask.TryTake(out int taken));
                        Assert.Equal(model.Count > 0 ? model.Min : -1, taken);
                        model.Remove(taken);
                        break;
                }

                Assert.Equal(model.Count, mask.Count);
                Assert.True(mask.Any || model.Count == 0);
            }
        }));

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task Mask_ManyThreads_NobodyHasANumberTwice(int capacity)
    {
        IndexMask mask = new(capacity);
        int[] holders = new int[capacity];
        for (int i = 0; i < capacity; i++)
            mask.Add(i);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                if (!mask.TryTake(out int index))
                    continue;
                Assert.Equal(1, Interlocked.Increment(ref holders[index]));
                Interlocked.Decrement(ref holders[index]);
                mask.Add(index);
            }
        })));
        Assert.Equal(capacity, mask.Count);
        Assert.Equal(Enumerable.Range(0, capacity), TakeAll(mask));
    }

    private static List<int> TakeAll(IndexMask mask)
    {
        List<int> taken = [];
        while (mask.TryTake(out int index))
            taken.Add(index);
        return taken;
    }
}
