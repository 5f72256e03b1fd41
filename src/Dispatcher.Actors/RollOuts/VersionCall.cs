using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.RollOuts;

/// <summary>A call of one version of a handler, from its begin to its end. Counted once: by its end, or by whoever gives the task up before.</summary>
internal readonly struct VersionCall
{
    private readonly VersionMeter? _meter;
    private readonly Clock _clock;
    private readonly long _startedAt;

    /// <summary>A call begins.</summary>
    /// <param name="meter">Where it is counted; null where it is not.</param>
    /// <param name="isNew">Whether the new version runs it.</param>
    /// <param name="clock">The time.</param>
    public VersionCall(VersionMeter? meter, bool isNew, Clock clock)
    {
        _meter = meter;
        _clock = clock;
        IsNew = isNew;
        _startedAt = meter == null ? 0 : clock.Now;
    }

    /// <summary>Whether the new version runs it.</summary>
    public bool IsNew { get; }

    /// <summary>It has returned.</summary>
    /// <param name="context">The task.</param>
    public void Returned(in TaskContext context)
    {
        if (_meter != null && context.TryLeaveVersion(_meter))
            _meter.OnReturned(_clock.Now - _startedAt);
    }

    /// <summary>It has thrown. An answer to a cancellation says nothing about the version; one to the end of its time does.</summary>
    /// <param name="context">The task.</param>
    /// <param name="error">What it threw.</param>
    public void Threw(in TaskContext context, Exception error)
    {
        if (_meter != null && context.TryLeaveVersion(_meter) && !(error is OperationCanceledException && context.IsCancelled))
            _meter.OnFailed();
    }
}
