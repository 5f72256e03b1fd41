namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>What a key's gate says to a task.</summary>
internal enum KeyVerdict : byte
{
    /// <summary>Go on: one of the key's permits is yours.</summary>
    Entered,

    /// <summary>Wait: whoever gives a permit back will hand it to you.</summary>
    Parked,

    /// <summary>The line of this key, or of all keys, is full.</summary>
    Refused,
}
