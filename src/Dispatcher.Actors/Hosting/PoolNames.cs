namespace Dispatcher.Actors.Hosting;

/// <summary>What a pool may be called: its name is part of an actor's path and of a configuration's.</summary>
internal static class PoolNames
{
    private const int MaxLength = 64;

    /// <summary>Makes sure of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Verify(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool isGood = name.Length <= MaxLength;
        foreach (char c in name)
            isGood &= char.IsAsciiLetterOrDigit(c) || c == '-';
        if (!isGood)
            throw new ArgumentException($"'{name}' is no name for a pool: 1 to {MaxLength} letters, digits and dashes are allowed.", nameof(name));
    }
}
