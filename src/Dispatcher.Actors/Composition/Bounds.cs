namespace Dispatcher.Actors.Composition;

/// <summary>Makes sure of numbers that bound something.</summary>
internal static class Bounds
{
    /// <summary>Makes sure that a number is within its range.</summary>
    /// <param name="value">The number.</param>
    /// <param name="min">The least allowed.</param>
    /// <param name="max">The largest allowed.</param>
    /// <param name="owner">What it belongs to, as a sentence begins.</param>
    /// <param name="option">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Verify(int value, int min, int max, string owner, string option)
    {
        if (value < min || value > max)
            throw new ArgumentOutOfRangeException(option, value, $"{owner}: {option} is {value}, allowed are {min} to {max}.");
    }
}
