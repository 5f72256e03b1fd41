namespace Dispatcher.Simulation;

/// <summary>Random numbers of a seed, the same on every machine: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal sealed class Rng
{
    private ulong _state;

    public Rng(ulong seed) => _state = seed;

    /// <summary>0 to under 1.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Exponentially distributed, with a mean of 1.</summary>
    public double NextExponential() => -Math.Log(1 - Next());
}
