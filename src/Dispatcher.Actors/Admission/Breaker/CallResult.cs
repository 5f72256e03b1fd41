namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>What an ended task says about the thing that its breaker guards.</summary>
internal enum CallResult : byte
{
    /// <summary>Nothing: it never ran, or its caller did not want it any more.</summary>
    Ignored,

    /// <summary>It works.</summary>
    Succeeded,

    /// <summary>It does not.</summary>
    Failed,
}
