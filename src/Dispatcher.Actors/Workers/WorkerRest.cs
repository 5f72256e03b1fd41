using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <summary>The rest of a worker that fails often: without it, failures that come as fast as they can be made would take a whole processor. Made at its first failure.</summary>
internal sealed class WorkerRest
{
    private int _failuresInRow;
    private long _completedBefore;
    private long _until = long.MaxValue;

    /// <summary>Whether it is on.</summary>
    public bool IsOn => Volatile.Read(in _until) != long.MaxValue;

    /// <summary>When it ends, a timestamp; <see cref="long.MaxValue"/> when it is off.</summary>
    public long Until => Volatile.Read(in _until);

    /// <summary>The worker has failed.</summary>
    /// <param name="completed">How many tasks it has completed so far.</param>
    /// <param name="isCrash">Whether its handler could not be made.</param>
    /// <param name="core">Its pool.</param>
    /// <returns>Until when it rests, a timestamp; 0 if it does not.</returns>
    public long AfterFailure(long completed, bool isCrash, PoolCore core)
    {
        _failuresInRow = completed == _completedBefore ? _failuresInRow + 1 : 1;
        _completedBefore = completed;
        TimeSpan rest = core.Supervision.RestAfter(_failuresInRow, isCrash);
        if (rest == TimeSpan.Zero)
            return 0;
        long until = core.Clock.Now + core.Clock.Ticks(rest);
        Volatile.Write(ref _until, until);
        return until;
    }

    /// <summary>Ends it, if its time has come.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public bool TryEnd(long now)
    {
        if (_until > now)
            return false;
        Volatile.Write(ref _until, long.MaxValue);
        return true;
    }
}
