namespace Dispatcher.Actors.Admission.Keys;

/// <summary>One parking of a task that waits for its turn. Never used again: a reader that stands on one which was removed still finds its way on.</summary>
internal sealed class ParkedTask
{
    private ParkedTask? _next;

    /// <summary>Parks a task.</summary>
    /// <param name="link">The task.</param>
    /// <param name="list">Where it is parked.</param>
    /// <param name="since">When it was parked, a timestamp.</param>
    public ParkedTask(KeyLink link, ParkedList list, long since)
    {
        Link = link;
        List = list;
        Since = since;
    }

    /// <summary>The task.</summary>
    public KeyLink Link { get; }

    /// <summary>Where it is parked.</summary>
    public ParkedList List { get; }

    /// <summary>When it was parked, a timestamp.</summary>
    public long Since { get; }

    /// <summary>The one that was parked before it.</summary>
    public ParkedTask? Before { get; set; }

    /// <summary>The one that was parked after it. Written under the lock, read by anyone.</summary>
    public ParkedTask? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }
}
