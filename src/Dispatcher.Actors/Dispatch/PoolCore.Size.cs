namespace Dispatcher.Actors.Dispatch;

/// <content>The number of workers, and what those see who choose it.</content>
internal sealed partial class PoolCore
{
    private int _desired;
    private int _pinned;

    /// <summary>How many workers there should be.</summary>
    public int Desired => Volatile.Read(ref _desired);

    /// <summary>The size that was fixed by hand; null when there is none.</summary>
    public int? Pinned => Volatile.Read(ref _pinned) is > 0 and int pinned ? pinned : null;

    /// <summary>What was decided about the pool's size lately.</summary>
    public DecisionLog<ScalingDecided> Decisions { get; }

    /// <summary>Tasks that ended at the door.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Tasks that wait for a worker or for a place in a line.</summary>
    public int Waiting => (int)SumOfLines(static line => line.Queue.Depth + line.Waiting);

    /// <summary>Fixes how many workers there should be, until <see cref="ResumeScaling"/>.</summary>
    /// <param name="workers">How many.</param>
    public void Resize(int workers)
    {
        if (workers < Settings.WorkersMin || workers > Settings.WorkersMax)
        {
            throw new ArgumentOutOfRangeException(
                nameof(workers), workers, $"Pool '{Settings.Name}' has {Settings.WorkersMin} to {Settings.WorkersMax} workers.");
        }

        Interlocked.Exchange(ref _pinned, workers);
        // A full fence, as Connect has one: either we see the signals, or the actor that connects sees the number.
        Interlocked.Exchange(ref _desired, workers);
        _signals.Review();
    }

    /// <summary>Leaves the size to whoever scales the pool again.</summary>
    public void ResumeScaling() => Volatile.Write(ref _pinned, 0);

    /// <summary>
    /// Sets how many workers there should be, unless that is fixed. Race: it is being fixed at this moment. Either we see that after our own write, or
    /// the other one's write comes after ours.
    /// </summary>
    /// <param name="workers">How many, within the bounds.</param>
    public void Scale(int workers)
    {
        Interlocked.Exchange(ref _desired, workers);
        if (Pinned is { } pinned)
            Interlocked.Exchange(ref _desired, pinned);
        _signals.Review();
    }
}
