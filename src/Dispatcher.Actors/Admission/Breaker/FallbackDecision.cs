namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>Whether a task is answered by its fallback handler.</summary>
/// <param name="UsesFallback">Whether it is.</param>
/// <param name="Because">If so, what it would have ended with.</param>
internal readonly record struct FallbackDecision(bool UsesFallback, OutcomeDetail? Because)
{
    /// <summary>The outcome stands.</summary>
    public static readonly FallbackDecision None;
}
