using Dispatcher.Actors.Routing.Balancing;

namespace Dispatcher.Actors.Tests.Routing.Balancing;

public sealed class PartitionTableTests
{
    [Fact]
    public void OwnerOf_NoWorkers_IsNobody() => Assert.Equal(-1, new PartitionTable(8).OwnerOf(12345));

    [Fact]
    public void Join_OneWorkerMore_TakesItsShareAndNothingElseMoves()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            PartitionTable table = Filled(seed, out int newcomer, out int workers);
            int[] before = Owners(table);
            table.Join(newcomer);
            int[] after = Owners(table);
            int moved = 0;
            for (int p = 0; p < before.Length; p++)
            {
                if (after[p] == before[p])
                    continue;
                Assert.Equal(newcomer, after[p]);
                moved++;
            }

            // Its share is 1 / n of all, as evenly as 128 or more partitions a worker fall.
            Assert.InRange(moved, before.Length / (workers + 1.0) * 0.6, before.Length / (workers + 1.0) * 1.4);
        }
    }

    [Fact]
    public void Leave_OneWorkerLess_OnlyItsOwnMoveAndTheOthersShareThem()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            PartitionTable table = Filled(seed, out int leaver, out int workers);
            table.Join(leaver);
            int[] before = Owners(table);
            table.Leave(leaver);
            int[] after = Owners(table);
            HashSet<int> heirs = [];
            for (int p = 0; p < before.Length; p++)
            {
                Assert.NotEqual(leaver, after[p]);
                if (before[p] == leaver)
                    heirs.Add(after[p]);
                else
                    Assert.Equal(before[p], after[p]);
            }

            Assert.Equal(workers, heirs.Count);
        }
    }

    [Fact]
    public void JoinAndLeave_WhateverTheOrder_TheSameWorkersOwnTheSame()
    {
        PartitionTable one = new(16);
        PartitionTable other = new(16);
        foreach (int worker in (int[])[3, 1, 9, 4, 12])
            one.Join(worker);
        foreach (int worker in (int[])[12, 7, 4, 9, 1, 3])
            other.Join(worker);
        other.Leave(7);
        Assert.Equal(Owners(one), Owners(other));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void OwnerOf_Workers_SharesAreEven(int workers)
    {
        PartitionTable table = new(workers);
        for (int worker = 0; worker < workers; worker++)
            table.Join(worker);
        int[] shares = new int[workers];
        foreach (int owner in Owners(table))
            shares[owner]++;
        double even = (double)table.Size / workers;
        Assert.All(shares, share => Assert.InRange(share, even * 0.6, even * 1.4));
    }

    [Theory]
    [InlineData(1, 1024)]
    [InlineData(8, 1024)]
    [InlineData(9, 2048)]
    [InlineData(65_536, 65_536)]
    public void Size_ByCapacity_IsAPowerOfTwoWithinBounds(int capacity, int size) => Assert.Equal(size, new PartitionTable(capacity).Size);

    [Fact]
    public void KeyHash_IsTheSameInEveryProcess()
    {
        Assert.Equal(0xE220A8397B1DCDAF, KeyHash.Mix(0));
        Assert.Equal(KeyHash.Mix(14695981039346656037), KeyHash.Of(""));
        Assert.Equal(KeyHash.Mix(0xAF63DC4C8601EC8C), KeyHash.Of("a"));
    }

    // Some workers of 32, and one that is not among them.
    private static PartitionTable Filled(int seed, out int another, out int workers)
    {
        int[] numbers = [.. Enumerable.Range(0, 32)];
        Random random = new(seed);
        random.Shuffle(numbers);
        workers = random.Next(2, 24);
        PartitionTable table = new(numbers.Length);
        foreach (int worker in numbers.AsSpan(0, workers))
            table.Join(worker);
        another = numbers[workers];
        return table;
    }

    private static int[] Owners(PartitionTable table) => [.. Enumerable.Range(0, table.Size).Select(p => table.OwnerOf((ulong)p))];
}
