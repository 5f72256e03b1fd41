namespace Akka.Actor;

/// <summary>An actor's own timers: they tell the actor itself and end with it. Only for use inside that actor.</summary>
public interface ITimerScheduler
{
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);
    void StartSingleTimer(object key, object msg, TimeSpan timeout);
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);
    bool IsTimerActive(object key);
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Cancels the timer of the key; a tick of it that already waits in the mailbox is not delivered.</summary>
    void Cancel(object key);
    void CancelAll();
}
