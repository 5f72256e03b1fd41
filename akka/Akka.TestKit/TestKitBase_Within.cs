namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Bounds the run time of a block and the waits in it. Blocks nest. The maximum is dilated.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(min, max, () => { action(); return true; }, hint, epsilonValue, cancellationToken);
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Sync(Bound(min, max, () => ValueTask.FromResult(function()), hint, epsilonValue, cancellationToken));
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, async () => { await actionAsync(); return true; }, hint, epsilonValue, cancellationToken);
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);
    public Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Bound(min, max, () => new ValueTask<T>(function()), hint, epsilonValue, cancellationToken).AsTask();

    private async ValueTask<T> Bound<T>(TimeSpan min, TimeSpan max, Func<ValueTask<T>> block, string? hint, TimeSpan? epsilon, CancellationToken cancellationToken)
    {
        if (min < TimeSpan.Zero) throw new ArgumentException($"A minimum duration must be finite and not negative, but is {min}", nameof(min));
        var (start, limit, outer) = (Now, DilatedLimit(max), _end);
        if (outer - start < min) Fail($"The block must take {min}, but only {outer - start} is left of the block around it{Hint(hint)}");
        if (outer - start < limit) limit = outer!.Value - start;
        cancellationToken.ThrowIfCancellationRequested();
        _lastWasNoMsg = false;
        _end = start + limit;
        T result;
        try
        {
            result = await block();
        }
        finally
        {
            _end = outer;
        }
        var elapsed = Now - start;
        if (elapsed < min) Fail($"The block took {elapsed}, but must take {min} at least{Hint(hint)}");
        // A ReceiveWhile at the end of the block uses up the time by design.
        if (!_lastWasNoMsg && elapsed > limit + (epsilon ?? TimeSpan.Zero)) Fail($"The block took {elapsed}, but must not take more than {limit}{Hint(hint)}");
        return result;
    }
}
