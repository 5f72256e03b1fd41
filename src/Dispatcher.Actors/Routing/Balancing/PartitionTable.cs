using System.Numerics;

namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>
/// Which worker owns which part of the hash space: as many partitions as make the shares even, each owned by the worker with the highest score for it.
/// So a worker that comes takes its share from all the others, one that goes leaves its share to all the others, and nothing else moves. A look is one
/// read; a change costs one pass over the partitions.
/// Source of the scores: D. Thaler, C. Ravishankar, "Using Name-Based Mappings to Increase Hit Rates" (highest random weight), 1998.
/// </summary>
internal sealed class PartitionTable
{
    private const int PartitionsPerWorker = 128;
    private const int MinPartitions = 1 << 10;
    private const int MaxPartitions = 1 << 16;
    private const int Nobody = -1;

    private readonly WorkerNumbers _workers = new();
    private readonly int[] _owners;

    /// <summary>Makes a table without workers.</summary>
    /// <param name="capacity">How many workers there may be.</param>
    public PartitionTable(int capacity)
    {
        long wanted = Math.Clamp((long)capacity * PartitionsPerWorker, MinPartitions, MaxPartitions);
        _owners = new int[BitOperations.RoundUpToPowerOf2((uint)wanted)];
        Array.Fill(_owners, Nobody);
    }

    /// <summary>How many partitions there are.</summary>
    public int Size => _owners.Length;

    /// <summary>Who owns a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <returns>The worker's number; -1 when there is none.</returns>
    public int OwnerOf(ulong hash) => Volatile.Read(ref _owners[hash & (ulong)(_owners.Length - 1)]);

    /// <summary>A worker comes and takes its share.</summary>
    /// <param name="worker">Its number.</param>
    public void Join(int worker)
    {
        _workers.Add(worker);
        for (int p = 0; p < _owners.Length; p++)
        {
            if (_owners[p] == Nobody || IsBefore(worker, _owners[p], p))
                Volatile.Write(ref _owners[p], worker);
        }
    }

    /// <summary>A worker goes and leaves its share to the others.</summary>
    /// <param name="worker">Its number.</param>
    public void Leave(int worker)
    {
        _workers.Remove(worker);
        for (int p = 0; p < _owners.Length; p++)
        {
            if (_owners[p] == worker)
                Volatile.Write(ref _owners[p], BestOf(p));
        }
    }

    private int BestOf(int partition)
    {
        int best = Nobody;
        foreach (int worker in _workers.All)
        {
            if (best == Nobody || IsBefore(worker, best, partition))
                best = worker;
        }

        return best;
    }

    private static bool IsBefore(int worker, int other, int partition)
    {
        ulong mine = Score(worker, partition);
        ulong others = Score(other, partition);
        return mine > others || (mine == others && worker < other);
    }

    private static ulong Score(int worker, int partition) => KeyHash.Mix(((ulong)(uint)worker << 32) | (uint)partition);
}
