namespace Dispatcher.Actors.Dispatch;

/// <summary>Hands out task ids, 1 and up, none twice. A thread takes a block at a time, so that threads do not meet at one counter.</summary>
internal static class TaskIds
{
    private const long BlockSize = 1024;

    private static long s_nextBlock;

    [ThreadStatic]
    private static long t_next;

    [ThreadStatic]
    private static long t_left;

    /// <summary>A new id. 56 bits: at ten million a second they last for 200 years.</summary>
    public static long Next()
    {
        if (t_left == 0)
        {
            t_next = (Interlocked.Increment(ref s_nextBlock) - 1) * BlockSize;
            t_left = BlockSize;
        }

        t_left--;
        return ++t_next;
    }
}
