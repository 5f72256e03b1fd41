namespace Dispatcher.Actors.Diagnosis;

/// <summary>Where the figures of the process come from.</summary>
internal interface IRuntimeSource
{
    /// <summary>The figures of one look.</summary>
    RuntimeReading Read();
}
