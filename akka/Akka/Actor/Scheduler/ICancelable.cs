namespace Akka.Actor;

/// <summary>A handle that cancels, from any thread and as often as one likes.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }
    CancellationToken Token { get; }
    void Cancel();
    void CancelAfter(TimeSpan delay);
    void CancelAfter(int millisecondsDelay);

    /// <param name="throwOnFirstException">Whether the first failing callback of the token ends the cancellation; otherwise all run and their failures come together.</param>
    void Cancel(bool throwOnFirstException);
}
