using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors;

/// <summary>When and how often a task is tried again. Everything left out comes from its type's settings, and below them from its pool's.</summary>
public sealed record RetryOptions
{
    private readonly int? _attempts;
    private readonly TimeSpan? _tryTimeout;
    private readonly IReadOnlyList<string>? _on;
    private readonly TimeSpan? _backoffFirst;
    private readonly TimeSpan? _backoffMax;

    /// <summary>How often the handler may be tried, the first time included. 1 to 100; 1 is no retry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public int? Attempts
    {
        get => _attempts;
        init => _attempts = value is null or (>= 1 and <= RetryBounds.MaxAttempts)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Attempts), value, $"{nameof(Attempts)} are 1 to {RetryBounds.MaxAttempts}.");
    }

    /// <summary>How long one try may take. 1 ms to 1 h, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public TimeSpan? TryTimeout
    {
        get => _tryTimeout;
        init => _tryTimeout = value == Timeout.InfiniteTimeSpan ? value : Bounded(value, nameof(TryTimeout));
    }

    /// <summary>Which errors are retried, by names as in the setting <c>retries.on</c>: exceptions, error classes, <c>transient</c>, <c>any</c>.</summary>
    /// <exception cref="ArgumentException">One of them is no name.</exception>
    public IReadOnlyList<string>? On
    {
        get => _on;
        init
        {
            ErrorPattern.ParseAll(value ?? []);
            _on = value;
        }
    }

    /// <summary>The longest wait before the second attempt; it doubles with each further one. 1 ms to 1 h.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public TimeSpan? BackoffFirst
    {
        get => _backoffFirst;
        init => _backoffFirst = Bounded(value, nameof(BackoffFirst));
    }

    /// <summary>The bound of that wait. 1 ms to 1 h.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public TimeSpan? BackoffMax
    {
        get => _backoffMax;
        init => _backoffMax = Bounded(value, nameof(BackoffMax));
    }

    // Not when it is set: the other one may come after it.
    internal void Verify()
    {
        if (BackoffFirst > BackoffMax)
            throw new ArgumentException($"{nameof(BackoffFirst)} is {BackoffFirst}, and {nameof(BackoffMax)} is {BackoffMax}: expected no less than the first.");
    }

    internal RetryPolicy Over(RetryPolicy policy)
    {
        RetrySettings settings = policy.Settings;
        return new RetryPolicy(settings with
        {
            Attempts = Attempts ?? settings.Attempts,
            TryTimeout = TryTimeout ?? settings.TryTimeout,
            On = On ?? settings.On,
            BackoffFirst = BackoffFirst ?? settings.BackoffFirst,
            BackoffMax = BackoffMax ?? settings.BackoffMax,
        });
    }

    private static TimeSpan? Bounded(TimeSpan? value, string name) =>
        value is { } span && (span < RetryBounds.Shortest || span > RetryBounds.Longest)
            ? throw new ArgumentOutOfRangeException(name, value, $"{name} is 1 ms to 1 h.")
            : value;
}
