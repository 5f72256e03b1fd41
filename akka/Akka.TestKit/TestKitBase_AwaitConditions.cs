namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, PollInterval, null, cancellationToken);
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, PollInterval, null, cancellationToken);
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, PollInterval, message, cancellationToken);
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Sync(Poll(false, () => ValueTask.FromResult(conditionIsFulfilled()), RemainingOrDilated(max), interval, FailWith(message), cancellationToken));
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, PollInterval, null, cancellationToken);
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, PollInterval, message, cancellationToken);
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Poll(true, () => ValueTask.FromResult(conditionIsFulfilled()), RemainingOrDilated(max), interval, FailWith(message), cancellationToken).AsTask();
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, PollInterval, null, cancellationToken);
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, PollInterval, null, cancellationToken);
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, PollInterval, message, cancellationToken);
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Poll(true, () => new ValueTask<bool>(conditionIsFulfilled()), RemainingOrDilated(max), interval, FailWith(message), cancellationToken).AsTask();
    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Sync(Poll(false, () => ValueTask.FromResult(conditionIsFulfilled()), max, interval ?? PollInterval, null, cancellationToken));
    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(true, () => ValueTask.FromResult(conditionIsFulfilled()), max, interval ?? PollInterval, null, cancellationToken).AsTask();
    public Task<bool> AwaitConditionNoThrowAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(true, () => new ValueTask<bool>(conditionIsFulfilled()), max, interval ?? PollInterval, null, cancellationToken).AsTask();

    internal static async ValueTask<bool> Poll(bool async, Func<ValueTask<bool>> condition, TimeSpan max, TimeSpan? interval, Action<TimeSpan>? fail, CancellationToken cancellationToken)
    {
        if (max < TimeSpan.Zero) throw new ArgumentException($"A maximum duration must be finite and not negative, but is {max}", nameof(max));
        var stop = Now + max;
        while (!await condition())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = stop - Now;
            if (left <= TimeSpan.Zero)
            {
                fail?.Invoke(max);
                return false;
            }
            await Pause(async, interval is { } pause && pause >= TimeSpan.Zero && pause < left ? pause : left, cancellationToken);
        }
        return true;
    }

    private static async ValueTask Pause(bool async, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (async) await Task.Delay(duration, cancellationToken);
        else cancellationToken.WaitHandle.WaitOne(duration);
    }

    private Action<TimeSpan> FailWith(string? message) => max => Fail($"Timeout {max}: the condition did not become true{Hint(message)}");
}
