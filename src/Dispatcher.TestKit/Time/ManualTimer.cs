namespace Dispatcher.TestKit;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, which owns its place and its period.</summary>
internal sealed class ManualTimer : ITimer
{
    private readonly ManualTimeProvider _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    /// <summary>Makes a timer that does not run yet.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="callback">What it runs.</param>
    /// <param name="state">The callback's argument.</param>
    public ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state)
    {
        _time = time;
        _callback = callback;
        _state = state;
    }

    /// <summary>Where it waits; null while it does not. Guarded by its time.</summary>
    public (long DueAt, long Order)? Place { get; set; }

    /// <summary>How often it runs; null for once. Guarded by its time.</summary>
    public TimeSpan? Period { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
            return false;
        _time.Set(this, Read(dueTime, nameof(dueTime)), Read(period, nameof(period)) is { } every && every > TimeSpan.Zero ? every : null);
        return true;
    }

    /// <summary>Calls back, in the context of the one who made the timer. One that was disposed of meanwhile does not.</summary>
    public void Run()
    {
        if (_disposed)
            return;
        if (_context == null)
            _callback(_state);
        else
            ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!)._callback(((ManualTimer)timer)._state), this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _time.Set(this, null, null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static TimeSpan? Read(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan)
            return null;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return span;
    }
}
