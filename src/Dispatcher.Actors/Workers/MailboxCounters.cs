namespace Dispatcher.Actors.Workers;

/// <summary>What the mailboxes of this process have refused.</summary>
internal static class MailboxCounters
{
    private static long s_refused;

    /// <summary>Messages that met a full mailbox.</summary>
    public static long Refused => Volatile.Read(ref s_refused);

    /// <summary>Counts one.</summary>
    public static void CountRefused() => Interlocked.Increment(ref s_refused);
}
