using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Dispatcher.Actors.Composition;

/// <summary>What the stages of one run share: whether items may still start, what cancels those that have, how much time is left, counts.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without timer and wait handle has nothing to dispose of")]
internal sealed class Flow
{
    private const long None = -1;
    private static readonly Cancelled s_byCaller = new("caller");
    private static readonly Cancelled s_byReader = new("the reader left");
    private static readonly Expired s_expired = new(ExpiredWhere.Submit);

    private readonly FlowLimits _limits;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _reading = new();
    private readonly CancellationTokenSource _running = new();
    private readonly OutcomeTallyCounter _ended = new();
    private OutcomeDetail? _stop;
    private long _firstFailure = None;
    private long _read;
    private long _startedAt;

    /// <summary>Makes the state of a run.</summary>
    /// <param name="limits">What ends it.</param>
    /// <param name="caller">Cancels it.</param>
    public Flow(FlowLimits limits, CancellationToken caller)
    {
        _limits = limits;
        _caller = caller;
    }

    /// <summary>The time.</summary>
    public TimeProvider Time => _limits.Time;

    /// <summary>Why no item may start any more; null while they may.</summary>
    public OutcomeDetail? Stop => Volatile.Read(ref _stop) ?? (Remaining <= TimeSpan.Zero ? Expire() : null);

    /// <summary>Cancels the tasks of the run.</summary>
    public CancellationToken RunToken => _running.Token;

    /// <summary>Cancels the reading of the source.</summary>
    public CancellationToken ReadToken => _reading.Token;

    /// <summary>How much time is left; null without a limit.</summary>
    public TimeSpan? Remaining => _limits.Deadline is { } deadline ? deadline - Time.GetElapsedTime(_startedAt) : null;

    /// <summary>The number of the item that was the first not to complete; null where there is none.</summary>
    public long? FirstFailure => Volatile.Read(ref _firstFailure) is var index and not None ? index : null;

    /// <summary>What the source threw; null where it ended.</summary>
    public Exception? SourceError { get; set; }

    /// <summary>How many items were read.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>How many came out, by outcome.</summary>
    public OutcomeTally Ended => _ended.Tally;

    /// <summary>The run begins.</summary>
    /// <returns>Ends the watch over the caller's token.</returns>
    public CancellationTokenRegistration Begin()
    {
        _startedAt = Time.GetTimestamp();
        return _caller.UnsafeRegister(static flow => ((Flow)flow!).CancelByCaller(), this);
    }

    /// <summary>The caller wants no more.</summary>
    public void CancelByCaller() => StopFor(s_byCaller);

    /// <summary>The one who enumerates has left.</summary>
    public void Abort()
    {
        StopFor(s_byReader);
        _reading.Cancel();
    }

    /// <summary>Reads no further; what was read goes its way.</summary>
    public void StopReading() => _reading.Cancel();

    /// <summary>An item was read.</summary>
    /// <returns>Its number.</returns>
    public long CountRead() => Interlocked.Increment(ref _read) - 1;

    /// <summary>An item has come out.</summary>
    /// <param name="kind">Its outcome.</param>
    public void CountEnded(OutcomeKind kind) => _ended.Count(kind);

    /// <summary>An item did not complete.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="stage">Where.</param>
    /// <param name="kind">How it ended.</param>
    public void OnNotCompleted(long index, string stage, OutcomeKind kind)
    {
        if (Interlocked.CompareExchange(ref _firstFailure, index, None) == None && _limits.FailFast)
            StopFor(new Cancelled($"fail fast: item {index} ended in '{stage}' as {kind}"));
    }

    /// <summary>The options of a task: no child outlives its parent.</summary>
    /// <param name="options">What it asked for.</param>
    public TaskOptions? Limit(TaskOptions? options)
    {
        if (Remaining is not { } left || options?.Deadline <= left)
            return options;
        return (options ?? new TaskOptions()) with { Deadline = left };
    }

    /// <summary>Throws where the source did, or where the caller cancelled.</summary>
    /// <param name="enumerator">The token of the enumeration.</param>
    public void ThrowIfCut(CancellationToken enumerator)
    {
        if (SourceError != null)
            ExceptionDispatchInfo.Throw(SourceError);
        if (_limits.ReadsToEnd || !ReferenceEquals(Volatile.Read(ref _stop), s_byCaller))
            return;
        _caller.ThrowIfCancellationRequested();
        enumerator.ThrowIfCancellationRequested();
    }

    // The reason is there before the tokens are cancelled: an item that ends for them finds it.
    private void StopFor(OutcomeDetail reason)
    {
        Interlocked.CompareExchange(ref _stop, reason, null);
        if (!_limits.ReadsToEnd)
            _reading.Cancel();
        _running.Cancel();
    }

    // Those that run have the same deadline themselves, and their pool looks after it: no need to cancel them.
    private OutcomeDetail Expire() => Interlocked.CompareExchange(ref _stop, s_expired, null) ?? s_expired;
}
