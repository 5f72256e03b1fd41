using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private enum Verdict
    {
        Take,
        Skip,
        Stop
    }

    /// <summary>The next message, or null if none comes in time. The time is not dilated; infinite waits for ever.</summary>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Sync(Next(false, GetTimeoutOrDefault(max), cancellationToken))?.Message!;
    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Next(true, GetTimeoutOrDefault(max), cancellationToken))?.Message!;

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var next = Sync(Next(false, GetTimeoutOrDefault(max), cancellationToken));
        envelope = next ?? NullMessageEnvelope.Instance;
        return next is not null;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default) =>
        await Next(true, GetTimeoutOrDefault(max), cancellationToken) is { } next ? (true, next) : (false, NullMessageEnvelope.Instance);

    /// <summary>Receives and drops messages until one is accepted.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string? hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = "", CancellationToken cancellationToken = default) =>
        Sync(Fish(false, isMessage, max, hint, cancellationToken));
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string? hint = "", CancellationToken cancellationToken = default) =>
        Fish(true, isMessage, max, hint, cancellationToken);
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = "", CancellationToken cancellationToken = default) =>
        Fish(true, isMessage, max, hint, cancellationToken);
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default) => await Fish<T>(true, static _ => true, max, null, cancellationToken);

    /// <summary>Receives messages as long as the filter answers one, and leaves the first one that it refuses in the queue. To run out of time is no error.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Sync(ReceiveWhile(false, Judge(filter), max, idle, msgs, cancellationToken));
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Sync(ReceiveWhile(false, Judge(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken));
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(true, Judge(filter), max, idle, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        ReceiveWhile(true, Judge(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken);
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Sync(Receive(false, numberOfMessages, RemainingOrDefault, cancellationToken));
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Sync(Receive(false, numberOfMessages, DilatedLimit(max), cancellationToken));
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Receive(true, numberOfMessages, RemainingOrDefault, cancellationToken);
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Receive(true, numberOfMessages, DilatedLimit(max), cancellationToken);

    private async ValueTask<MessageEnvelope?> Next(bool async, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var envelope = await _queue.Next(async, timeout, false, cancellationToken);
        _lastWasNoMsg = false;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        ConditionalLog("{0} received {1} within {2}", TestActor.Path.Name, _lastMessage, timeout);
        return envelope;
    }

    private async ValueTask<T> Fish<T>(bool async, Predicate<T> isMessage, TimeSpan? max, string? hint, CancellationToken cancellationToken)
    {
        var (start, limit) = (Now, RemainingOrDilated(max));
        for (var dropped = 0; ; dropped++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var envelope = await Next(async, start + limit - Now, cancellationToken);
            if (envelope is null) Fail($"Timeout {limit}: fished for a message of type {typeof(T)}{Hint(hint)}, but it did not come in {Now - start}; {dropped} others came");
            if (envelope!.Message is T message && isMessage(message)) return message;
        }
    }

    private async IAsyncEnumerable<object> Receive(bool async, int count, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Now;
        for (var received = 0; received < count; received++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var envelope = await Next(async, start + max - Now, cancellationToken);
            if (envelope is null) Fail($"Timeout {max}: expected {count} messages, but only {received} came in {Now - start}");
            yield return envelope!.Message;
        }
    }

    private static Func<object, (Verdict, T)> Judge<T>(Func<object, T> filter) => message => filter(message) is { } result ? (Verdict.Take, result) : (Verdict.Stop, default!);

    private static Func<object, (Verdict, T)> Judge<T>(Predicate<T> shouldContinue, bool ignoreOtherTypes) => message => message is T typed
        ? (shouldContinue(typed) ? Verdict.Take : Verdict.Stop, typed)
        : (ignoreOtherTypes ? Verdict.Skip : Verdict.Stop, default!);

    private async IAsyncEnumerable<T> ReceiveWhile<T>(bool async, Func<object, (Verdict, T)> judge, TimeSpan? max, TimeSpan? idle, int msgs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(max);
        MessageEnvelope last = NullMessageEnvelope.Instance;
        for (var taken = 0; taken < msgs;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = stop - Now;
            var wait = idle is { } limit && limit >= TimeSpan.Zero && limit < left ? limit : left;
            if (await _queue.Next(async, wait, true, cancellationToken) is not { } envelope) break;
            var (verdict, result) = judge(envelope.Message);
            if (verdict == Verdict.Stop) break;
            last = (await _queue.Next(async, TimeSpan.Zero, false, CancellationToken.None))!;
            if (verdict == Verdict.Skip) continue;
            taken++;
            yield return result;
        }
        _lastMessage = last;
        _lastWasNoMsg = true;
    }
}
