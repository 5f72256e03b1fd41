using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect<T>(false, duration, null, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(true, duration, null, hint, cancellationToken);
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, EqualTo(message, hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, EqualTo(message, hint), hint, cancellationToken);
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, EqualTo(expected, hint, comparer), hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, EqualTo(expected, hint, comparer), hint, cancellationToken);
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, Accepted<T>((m, _) => isMessage(m), hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, Accepted<T>((m, _) => isMessage(m), hint), hint, cancellationToken);
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, Accepted(isMessageAndSender, hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, Accepted(isMessageAndSender, hint), hint, cancellationToken);
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect<T>(false, timeout, (m, _) => assert(m), hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(true, timeout, (m, _) => assert(m), hint, cancellationToken);
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, assertMessageAndSender, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, assertMessageAndSender, hint, cancellationToken);
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, TerminationOf(target, hint), $"the end of {target}{Hint(hint)}", cancellationToken));
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, TerminationOf(target, hint), $"the end of {target}{Hint(hint)}", cancellationToken);
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Sync(ExpectNone(false, RemainingOrDefault, cancellationToken));
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Sync(ExpectNone(false, Dilated(duration), cancellationToken));
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => await ExpectNone(true, RemainingOrDefault, cancellationToken);
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => await ExpectNone(true, Dilated(duration), cancellationToken);
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) => Sync(ExpectAnyOf(false, messages, cancellationToken));
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) => ExpectAnyOf(true, messages, cancellationToken);
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => Sync(ExpectAllOf(false, RemainingOrDefault, messages));
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => Sync(ExpectAllOf(false, DilatedLimit(max), messages));
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Sync(ExpectAllOf(false, RemainingOrDefault, messages, cancellationToken));
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Sync(ExpectAllOf(false, DilatedLimit(max), messages, cancellationToken));
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAllOf(true, RemainingOrDefault, messages, cancellationToken);
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAllOf(true, DilatedLimit(max), messages, cancellationToken);

    private async ValueTask<T> Expect<T>(bool async, TimeSpan? timeout, Action<T, IActorRef>? assert, string? hint, CancellationToken cancellationToken)
    {
        var start = Now;
        var limit = RemainingOrDilated(timeout);
        var envelope = await Next(async, limit, cancellationToken);
        if (envelope is null)
            Fail($"Timeout {limit}: expected a message of type {typeof(T)}{Hint(hint)}, but none came in {Now - start}{(cancellationToken.IsCancellationRequested ? ", when the wait was cancelled" : "")}");
        else if (envelope.Message is not T)
            Fail($"Expected a message of type {typeof(T)}{Hint(hint)}, but received {envelope} after {Now - start}");
        var message = (T)envelope!.Message;
        assert?.Invoke(message, envelope.Sender);
        return message;
    }

    private Action<T, IActorRef> EqualTo<T>(T expected, string? hint, Func<T, T, bool>? comparer = null) => (actual, sender) =>
    {
        var context = $"another message than expected{Hint(hint)} came from {sender?.ToString() ?? "nobody"}";
        if (comparer is null) _assertions.AssertEqual(expected, actual, "{0}", context);
        else _assertions.AssertEqual(expected, actual, comparer, "{0}", context);
    };

    private Action<T, IActorRef> Accepted<T>(Func<T, IActorRef, bool> accepts, string? hint) => (message, sender) =>
    {
        if (!accepts(message, sender)) Fail($"Expected a message of type {typeof(T)} that the predicate accepts{Hint(hint)}, but received {new RealMessageEnvelope(message!, sender)}");
    };

    private Action<Terminated, IActorRef> TerminationOf(IActorRef target, string? hint) => (terminated, _) =>
        _assertions.AssertEqual(target, terminated.ActorRef, "{0}", $"another actor than expected{Hint(hint)} ended");

    private async ValueTask<bool> ExpectNone(bool async, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Now;
        if (await Next(async, duration, cancellationToken) is { } envelope) Fail($"Expected no message during {duration}, but received {envelope} after {Now - start}");
        return true;
    }

    private async ValueTask<T> ExpectAnyOf<T>(bool async, IEnumerable<T> messages, CancellationToken cancellationToken)
    {
        var (start, limit, expected) = (Now, RemainingOrDefault, string.Join(", ", messages));
        var envelope = await Next(async, limit, cancellationToken);
        if (envelope is null) Fail($"Timeout {limit}: expected any of [{expected}], but none came in {Now - start}");
        else if (envelope.Message is not T message || !messages.Contains(message)) Fail($"Expected any of [{expected}], but received {envelope} after {Now - start}");
        return (T)envelope!.Message;
    }

    private async IAsyncEnumerable<T> ExpectAllOf<T>(bool async, TimeSpan max, IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var missing = new List<T>(messages);
        var unexpected = new List<object>();
        await foreach (var message in Receive(async, messages.Count, max, cancellationToken))
        {
            if (message is not T typed || !missing.Remove(typed)) unexpected.Add(message);
            if (message is T result) yield return result;
        }
        if (missing.Count > 0 || unexpected.Count > 0) Fail($"Expected all of [{string.Join(", ", messages)}]: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]");
    }

    private TimeSpan DilatedLimit(TimeSpan max) => max >= TimeSpan.Zero ? Dilated(max) : throw new ArgumentException($"A maximum duration must be finite and not negative, but is {max}", nameof(max));
}
