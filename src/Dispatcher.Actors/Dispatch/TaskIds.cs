namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// Task ids, 1 and up, none twice. Each cell has a block of them, and takes a new one when it has used it up: no counter that threads would meet at, and
/// nothing to look up.
/// </summary>
internal static class TaskIds
{
    private const int BlockBits = 12;
    private const long BlockMask = (1L << BlockBits) - 1;

    private static long s_lastBlock;

    /// <summary>The id that follows a cell's last one.</summary>
    /// <param name="last">The cell's last id; 0 for a new cell.</param>
    /// <returns>The next id. 52 bits: at ten million a second they last for 14 years.</returns>
    public static long After(long last) =>
        (last & BlockMask) != 0 && (last & BlockMask) != BlockMask ? last + 1 : (Interlocked.Increment(ref s_lastBlock) << BlockBits) | 1;
}
