namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// Random numbers for many threads without a lock, the same ones for the same seed (in the order in which they are asked for).
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
/// </summary>
internal sealed class SharedRandom
{
    private const long Step = unchecked((long)0x9E3779B97F4A7C15);

    private long _state;

    /// <summary>Makes a source.</summary>
    /// <param name="seed">Any number.</param>
    public SharedRandom(long seed) => _state = seed;

    /// <summary>The next number, from 0 to 2^32 - 1.</summary>
    public uint Next()
    {
        ulong z = (ulong)Interlocked.Add(ref _state, Step);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
