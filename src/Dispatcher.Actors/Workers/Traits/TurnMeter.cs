using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers.Traits;

/// <summary>
/// How long one run of a handler was busy, over all its turns: from its call or from the end of something that it awaited to its next await, on whatever thread. It
/// goes along with the handler's execution context, and so learns when a thread takes the handler up and lets it go.
/// </summary>
internal sealed class TurnMeter
{
    private static readonly AsyncLocal<TurnMeter?> s_current = new(OnChanged);

    [ThreadStatic]
    private static long t_since;

    [ThreadStatic]
    private static ThreadUse t_use;

    private readonly Clock _clock;
    private readonly IThreadUse? _threads;
    private long _busy;
    private volatile bool _isOver;

    /// <summary>Makes one for a run.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="threads">What threads use; null where nobody knows, and the turns' time stands for it.</param>
    public TurnMeter(Clock clock, IThreadUse? threads)
    {
        _clock = clock;
        _threads = threads;
    }

    /// <summary>The one of the run that this thread is at.</summary>
    public static TurnMeter? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>The run has ended. Its context may go on, with whatever its handler has left behind; that is not measured.</summary>
    /// <returns>How long it was busy, in timestamp units.</returns>
    public long End()
    {
        // The end may come in a turn of the run itself.
        if (ReferenceEquals(Current, this))
            Leave();
        _isOver = true;
        return Volatile.Read(ref _busy);
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<TurnMeter?> change)
    {
        change.PreviousValue?.Leave();
        change.CurrentValue?.Enter();
    }

    private void Enter()
    {
        if (_isOver)
            return;
        t_since = _clock.Now;
        t_use = _threads?.Now ?? default;
    }

    // A turn in which the thread never waited was busy as a whole: what it was not given of a processor, it wanted. Else what it had of one.
    private void Leave()
    {
        if (_isOver)
            return;
        long wall = _clock.Now - t_since;
        ThreadUse use = _threads?.Now ?? default;
        long busy = use.Waits == t_use.Waits ? wall : Math.Min(wall, _clock.Ticks(use.Cpu - t_use.Cpu));
        Interlocked.Add(ref _busy, Math.Max(0, busy));
    }
}
