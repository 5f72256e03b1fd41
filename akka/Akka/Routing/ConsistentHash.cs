using System.Text;

namespace Akka.Routing;

/// <summary>
/// A ring of hashes on which each node stands several times: a key belongs to the next node on the ring, so when a node comes or goes only
/// its share of the keys moves (Karger et al. 1997). Immutable.
/// </summary>
public class ConsistentHash<T>
{
    private readonly uint[] _hashes;
    private readonly T[] _nodes;

    internal ConsistentHash(IEnumerable<T> nodes, int virtualNodesFactor)
    {
        if (virtualNodesFactor < 1) throw new ArgumentException($"virtualNodesFactor must be >= 1, but was {virtualNodesFactor}", nameof(virtualNodesFactor));
        var ring = new SortedDictionary<uint, T>();
        foreach (var node in nodes)
        {
            var name = node?.ToString() ?? "";
            for (var i = 1; i <= virtualNodesFactor; i++) ring[Hash(Encoding.UTF8.GetBytes(name + ":" + i))] = node;
        }
        _hashes = [.. ring.Keys];
        _nodes = [.. ring.Values];
    }

    public bool IsEmpty => _hashes.Length == 0;

    /// <exception cref="InvalidOperationException">There are no nodes.</exception>
    public T NodeFor(byte[] key) => At(Hash(key));

    public T NodeFor(string key) => At(Hash(Encoding.UTF8.GetBytes(key)));

    private T At(uint hash)
    {
        if (IsEmpty) throw new InvalidOperationException($"Can't get node for [{hash}] from an empty node ring");
        var index = Array.BinarySearch(_hashes, hash);
        if (index < 0) index = ~index;
        return _nodes[index == _hashes.Length ? 0 : index];
    }

    /// <summary>FNV-1a with the avalanche of MurmurHash3: the same on every machine and in every run, which GetHashCode is not.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}

/// <summary>Makes rings.</summary>
public static class ConsistentHash
{
    public static ConsistentHash<T> Create<T>(IEnumerable<T> nodes, int virtualNodesFactor) => new(nodes, virtualNodesFactor);
}
