using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Installs filters around a block and counts the events that they match. Blocking and awaitable members share <see cref="Intercept{T}"/>,
/// which never yields for the blocking ones.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, LogEventFilter[] filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);
    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);
    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);
    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);
    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => ExpectAsync(1, TestKitBase.Completed(action), cancellationToken);
    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);
    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, action, cancellationToken);
    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);
    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, func, cancellationToken);
    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) => Blocking(expectedCount, null, Valued(action), cancellationToken);
    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Blocking(expectedCount, timeout, Valued(action), cancellationToken);
    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) => Blocking(expectedCount, null, func, cancellationToken);
    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Blocking(expectedCount, timeout, func, cancellationToken);
    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(expectedCount, actionAsync, null, cancellationToken);
    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Intercept(true, expectedCount, timeout, Valued(actionAsync), cancellationToken).AsTask();
    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, TestKitBase.Completed(action), timeout, cancellationToken);
    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, action, timeout, cancellationToken);
    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(true, expectedCount, null, func, cancellationToken).AsTask();
    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(true, expectedCount, timeout, func, cancellationToken).AsTask();

    public IUnmutableFilter Mute()
    {
        system.EventStream.Publish(new Mute(filters));
        return new Muted(system, filters);
    }

    public void Mute(Action action, CancellationToken cancellationToken = default) => Blocking(null, null, Valued(action), cancellationToken);
    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) => Blocking(null, null, func, cancellationToken);
    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => MuteAsync(TestKitBase.Completed(action), cancellationToken);
    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteAsync(Valued(action), cancellationToken);
    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => Intercept(true, null, null, func, cancellationToken).AsTask();

    private static Func<bool> Valued(Action action) => () =>
    {
        action();
        return true;
    };

    private static Func<Task<bool>> Valued(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private T Blocking<T>(int? expected, TimeSpan? timeout, Func<T> block, CancellationToken cancellationToken) =>
        Intercept(false, expected, timeout, () => Task.FromResult(block()), cancellationToken).AsTask().GetAwaiter().GetResult();

    private async ValueTask<T> Intercept<T>(bool async, int? expected, TimeSpan? timeout, Func<Task<T>> block, CancellationToken cancellationToken)
    {
        var count = 0;
        void OnMatched() => Interlocked.Increment(ref count);
        foreach (var filter in filters) filter.Matched += OnMatched;
        system.EventStream.Publish(new Mute(filters));
        try
        {
            var result = await block();
            if (expected is { } number)
            {
                var limit = timeout is { } given ? testkit.Dilated(given) : testkit.TestKitSettings.TestEventFilterLeeway;
                // None expected: one that comes before the end of the time is one too many.
                await TestKitBase.Poll(async, () => ValueTask.FromResult(Volatile.Read(ref count) >= Math.Max(number, 1)), limit, TimeSpan.FromMilliseconds(5), null, cancellationToken);
                Judge(number, Volatile.Read(ref count), limit);
            }
            return result;
        }
        finally
        {
            foreach (var filter in filters) filter.Matched -= OnMatched;
            system.EventStream.Publish(new Unmute(filters));
        }
    }

    private void Judge(int expected, int count, TimeSpan limit)
    {
        if (count != expected)
            testkit.FrameworkAssertions.Fail("{0}", $"Expected {expected} log events that match [{string.Join<LogEventFilter>(" or ", filters)}], but {count} came{(count < expected ? $" within {limit}" : "")}");
    }

    private sealed class Muted(ActorSystem system, LogEventFilter[] filters) : IUnmutableFilter
    {
        private int _unmuted;

        public void Unmute()
        {
            if (Interlocked.Exchange(ref _unmuted, 1) == 0) system.EventStream.Publish(new Unmute(filters));
        }

        public void Dispose() => Unmute();
    }
}
