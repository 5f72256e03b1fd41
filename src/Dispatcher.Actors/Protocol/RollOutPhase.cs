namespace Dispatcher.Actors;

/// <summary>How far a roll-out is.</summary>
public enum RollOutPhase
{
    /// <summary>Both versions run, and are compared.</summary>
    Comparing,

    /// <summary>Only the old version runs.</summary>
    CutOff,

    /// <summary>Only the new version runs; nothing is compared any more.</summary>
    Promoted,
}
