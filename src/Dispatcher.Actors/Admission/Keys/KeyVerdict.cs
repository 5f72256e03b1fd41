namespace Dispatcher.Actors.Admission.Keys;

/// <summary>What becomes of a keyed task that has been admitted.</summary>
internal enum KeyVerdict : byte
{
    /// <summary>It goes where it was admitted to. Also one that has ended already: its end has counted on that.</summary>
    Go,

    /// <summary>It waits for others of its key, and was moved to the parked.</summary>
    Parked,

    /// <summary>It is parked and has to give its place in the intake back: an earlier task of its key still waits for one.</summary>
    GaveWay,
}
