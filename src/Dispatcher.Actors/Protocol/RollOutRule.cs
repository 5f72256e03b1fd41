namespace Dispatcher.Actors;

/// <summary>Why the share of a new version was changed.</summary>
public enum RollOutRule
{
    /// <summary>Somebody wanted it so.</summary>
    Operator,

    /// <summary>More of its calls failed than of the old version's.</summary>
    Errors,

    /// <summary>More of its calls were among the slowest.</summary>
    Latency,
}
