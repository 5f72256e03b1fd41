namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>A hash of a task's key that is the same in every process. Source: G. Fowler, L. Noll, K.-P. Vo (FNV-1a), with SplitMix64's last step.</summary>
internal static class KeyHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash of a key.</summary>
    /// <param name="key">The key.</param>
    public static ulong Of(string key)
    {
        ulong hash = Basis;
        foreach (char letter in key)
            hash = (hash ^ letter) * Prime;
        return Mix(hash);
    }

    /// <summary>Spreads a number over all 64 bits.</summary>
    /// <param name="value">The number.</param>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
