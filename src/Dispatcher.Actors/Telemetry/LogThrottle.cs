namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// Keeps a storm of like messages out of the log: a few at once, then one a second. Says with the next one that gets through how many did not. Any thread.
/// </summary>
internal sealed class LogThrottle
{
    /// <summary>How many get through at once.</summary>
    public const int Burst = 10;

    private readonly long _second;
    private readonly Lock _gate = new();
    private long _seenAt;
    private long _left = Burst;
    private long _suppressed;

    /// <summary>Makes one that lets a burst through.</summary>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public LogThrottle(long timestampFrequency) => _second = timestampFrequency;

    /// <summary>Asks for one message.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="suppressed">How many were kept out since the last one.</param>
    /// <returns>Whether it may be logged.</returns>
    public bool TryTake(long now, out long suppressed)
    {
        lock (_gate)
        {
            long seconds = Math.Max(0, (now - _seenAt) / _second);
            if (seconds > 0)
            {
                _left = Math.Min(Burst, _left + seconds);
                _seenAt = now;
            }

            suppressed = _suppressed;
            if (_left == 0)
            {
                _suppressed++;
                return false;
            }

            _left--;
            _suppressed = 0;
            return true;
        }
    }
}
