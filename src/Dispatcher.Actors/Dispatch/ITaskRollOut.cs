namespace Dispatcher.Actors;

/// <summary>
/// The roll-out of a new version of a handler, for operators. It cuts the new version off by itself when that errs more often or is slower than the old one;
/// everything else is the operator's: no version is ever promoted by itself. Safe for any thread.
/// </summary>
public interface ITaskRollOut
{
    /// <summary>The pool's name.</summary>
    string Pool { get; }

    /// <summary>The type of task.</summary>
    Type TaskType { get; }

    /// <summary>The old handler's name.</summary>
    string OldVersion { get; }

    /// <summary>The new handler's name.</summary>
    string NewVersion { get; }

    /// <summary>The roll-out at this moment.</summary>
    /// <returns>A copy.</returns>
    RollOutSnapshot Snapshot();

    /// <summary>Sets the share of tasks, or of keys where tasks have them, that the new version runs from now on. The comparison begins anew.</summary>
    /// <param name="share">0 to 1. A larger share only adds keys to those that see the new version.</param>
    /// <param name="reason">Why, for the log; null for nothing to say.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not 0 to 1.</exception>
    void SetShare(double share, string? reason = null);

    /// <summary>Runs the old version only: a share of 0.</summary>
    /// <param name="reason">Why, for the log; null for nothing to say.</param>
    void CutOff(string? reason = null);

    /// <summary>Runs the new version only: a share of 1.</summary>
    /// <param name="reason">Why, for the log; null for nothing to say.</param>
    void Promote(string? reason = null);

    /// <summary>The newest decisions, the oldest first.</summary>
    /// <returns>A copy, of at most 64.</returns>
    IReadOnlyList<RollOutDecided> GetDecisions();
}
