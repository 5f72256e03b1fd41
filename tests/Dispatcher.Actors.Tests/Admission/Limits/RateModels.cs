namespace Dispatcher.Actors.Tests.Admission.Limits;

/// <summary>A rate limit as a textbook has it: exact numbers, one thread, no tricks. Times in ticks of 100 ns.</summary>
internal interface IRateModel
{
    /// <summary>Whether a task at a time is in, and its delay, or the time until a new try is in.</summary>
    (bool IsTaken, long Delay) Take(long now);
}

/// <summary>A bucket with tokens: full at first, filled at the rate, a token a task.</summary>
internal sealed class TokenBucketModel(decimal rate, int burst) : IRateModel
{
    private readonly decimal _perTick = rate / TimeSpan.TicksPerSecond;
    private decimal _tokens = burst;
    private long? _last;

    public (bool IsTaken, long Delay) Take(long now)
    {
        _tokens = Math.Min(burst, _tokens + ((now - (_last ?? now)) * _perTick));
        _last = now;
        if (_tokens < 1)
            return (false, (long)Math.Ceiling((1 - _tokens) / _perTick));
        _tokens--;
        return (true, 0);
    }
}

/// <summary>A bucket with a hole: tasks leave one interval apart, as soon as they can.</summary>
internal sealed class LeakyBucketModel(decimal rate, long maxDelay) : IRateModel
{
    private readonly decimal _interval = TimeSpan.TicksPerSecond / rate;
    private decimal? _lastLeave;

    public (bool IsTaken, long Delay) Take(long now)
    {
        decimal leave = Math.Max(now, (_lastLeave + _interval) ?? now);
        decimal delay = leave - now;
        if (delay > maxDelay)
            return (false, (long)Math.Ceiling(delay - maxDelay));
        _lastLeave = leave;
        return (true, (long)Math.Ceiling(delay));
    }
}
