namespace Akka.Actor;

/// <summary>A handle that cancels at once or, by a scheduler's clock, later.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler? _scheduler;

    // Made when somebody asks for the token: most handles only ever stop a timer.
    private CancellationTokenSource? _source;
    private volatile bool _canceled;
    private volatile bool _disposed;

    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler.Advanced, delay) { }

    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler.Advanced, TimeSpan.FromMilliseconds(millisecondsDelay)) { }

    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced) { }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    public Cancelable(IActionScheduler scheduler) : this(scheduler, source: null) { }

    private Cancelable(IActionScheduler? scheduler, CancellationTokenSource? source)
    {
        _scheduler = scheduler;
        _source = source;
    }

    public bool IsCancellationRequested => _canceled || _source is { IsCancellationRequested: true };
    public bool IsDisposed => _disposed;
    public CancellationToken Token => Source().Token;

    public static ICancelable CreateCanceled()
    {
        var canceled = new Cancelable(scheduler: null, source: null);
        canceled.Cancel();
        return canceled;
    }

    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        new Cancelable(scheduler, CancellationTokenSource.CreateLinkedTokenSource(cancellationTokens));

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler, Array.ConvertAll(cancelables, static c => c.Token));

    public void Cancel() => Cancel(throwOnFirstException: false);

    public void Cancel(bool throwOnFirstException)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _canceled = true;
        // Full fence: either this sees the source that Source() publishes, or Source() sees the flag after publishing it.
        Interlocked.MemoryBarrier();
        _source?.Cancel(throwOnFirstException);
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void CancelAfter(TimeSpan delay)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), delay, $"A delay must be zero or more, it is {delay}.");
        if (IsCancellationRequested) return;
        if (delay == TimeSpan.Zero) Cancel();
        else _scheduler!.ScheduleOnce(delay, CancelUnlessDisposed, this);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed) return;
        _disposed = true;
        _source?.Dispose();
    }

    private void CancelUnlessDisposed()
    {
        if (!_disposed) Cancel();
    }

    private CancellationTokenSource Source()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_source is { } source) return source;
        var made = new CancellationTokenSource();
        if (Interlocked.CompareExchange(ref _source, made, null) is { } other)
        {
            made.Dispose();
            return other;
        }
        if (_canceled) made.Cancel();
        return made;
    }
}
