namespace Dispatcher.Actors.Dispatch;

/// <summary>Hears of what may need a person. Called from any thread; never blocks, never throws.</summary>
internal interface IPoolAlarm
{
    /// <summary>A task has failed for good, or was given up.</summary>
    /// <param name="cell">The task; it has won the right to its outcome, and has not delivered it yet.</param>
    /// <param name="detail">Its outcome.</param>
    void OnEnded(TaskCell cell, OutcomeDetail detail);

    /// <summary>The pool has stopped, since it could not heal a worker's failure.</summary>
    /// <param name="error">The failure.</param>
    void OnGaveUp(Exception error);

    /// <summary>A circuit breaker has changed its state.</summary>
    /// <param name="change">How.</param>
    void OnBreakerChanged(BreakerStateChanged change);
}
