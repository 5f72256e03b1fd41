using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>What a parent keeps by a child's name.</summary>
public interface IChildStats;

/// <summary>The name is taken, the child not yet made.</summary>
public class ChildNameReserved : IChildStats
{
    private ChildNameReserved() { }

    public static ChildNameReserved Instance { get; } = new();

    public override string ToString() => "Name";
}

/// <summary>A child and how often its supervisor restarted it. Touched on the parent's turn only.</summary>
public class ChildRestartStats : IChildStats
{
    private readonly IInternalActorRef _child;
    private uint _maxNrOfRetriesCount;
    private long _restartTimeWindowStartTicks;

    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        _child = child;
        _maxNrOfRetriesCount = maxNrOfRetriesCount;
        _restartTimeWindowStartTicks = restartTimeWindowStartTicks;
    }

    public long Uid => Child.Path.Uid;
    public IInternalActorRef Child => _child;
    public uint MaxNrOfRetriesCount => _maxNrOfRetriesCount;
    public long RestartTimeWindowStartTicks => _restartTimeWindowStartTicks;

    /// <summary>Counts a restart, if the limit allows it: <paramref name="maxNrOfRetries"/> 0 never, below 0 always (but once a window, where there is one).</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0) return false;
        if (withinTimeMilliseconds <= 0) return maxNrOfRetries < 0 || ++_maxNrOfRetriesCount <= maxNrOfRetries;

        // The window starts at the first restart; one that comes after its end starts a new window.
        var limit = maxNrOfRetries < 0 ? 1 : maxNrOfRetries;
        var now = Stopwatch.GetTimestamp();
        if (_restartTimeWindowStartTicks == 0) _restartTimeWindowStartTicks = now;
        if (Stopwatch.GetElapsedTime(_restartTimeWindowStartTicks, now).TotalMilliseconds <= withinTimeMilliseconds)
            return ++_maxNrOfRetriesCount <= limit;
        _maxNrOfRetriesCount = 1;
        _restartTimeWindowStartTicks = now;
        return true;
    }
}
