using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, duration, From<T>(sender, null, hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, duration, From<T>(sender, null, hint), hint, cancellationToken);
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, From(sender, EqualTo(message, hint), hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, From(sender, EqualTo(message, hint), hint), hint, cancellationToken);
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, From(sender, Accepted<T>((m, _) => isMessage(m), hint), hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, From(sender, Accepted<T>((m, _) => isMessage(m), hint), hint), hint, cancellationToken);
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, Accepted<T>((m, s) => isSender(s) && isMessage(m), hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, Accepted<T>((m, s) => isSender(s) && isMessage(m), hint), hint, cancellationToken);
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, From<T>(sender, (m, _) => assertMessage(m), hint), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, From<T>(sender, (m, _) => assertMessage(m), hint), hint, cancellationToken);
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Sync(Expect(false, timeout, Both(assertSender, assertMessage), hint, cancellationToken));
    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, timeout, Both(assertSender, assertMessage), hint, cancellationToken);

    private Action<T, IActorRef> From<T>(IActorRef expected, Action<T, IActorRef>? then, string? hint) => (message, sender) =>
    {
        _assertions.AssertEqual(expected, sender, "{0}", $"the message {{{message}}} came from another sender than expected{Hint(hint)}");
        then?.Invoke(message, sender);
    };

    private static Action<T, IActorRef> Both<T>(Action<IActorRef> assertSender, Action<T> assertMessage) => (message, sender) =>
    {
        assertSender(sender);
        assertMessage(message);
    };
}
