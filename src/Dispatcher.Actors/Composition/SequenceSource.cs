namespace Dispatcher.Actors.Composition;

/// <summary>A sequence as a source.</summary>
internal static class SequenceSource
{
    /// <summary>Reads a sequence on demand.</summary>
    /// <typeparam name="T">Its items.</typeparam>
    /// <param name="items">The sequence.</param>
#pragma warning disable CS1998 // A sequence never waits.
    public static async IAsyncEnumerable<T> Of<T>(IEnumerable<T> items)
#pragma warning restore CS1998
    {
        foreach (T item in items)
            yield return item;
    }
}
