using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Diagnosis;

/// <summary>A process that is what a test says.</summary>
internal sealed class FakeRuntime : IRuntimeSource
{
    public RuntimeReading Reading { get; set; } = new(0, 0, 8, 0, TimeSpan.Zero);

    /// <summary>How much more is alive after each look's full collection; null for no collections.</summary>
    public long? LeakPerLook { get; set; }

    public RuntimeReading Read()
    {
        if (LeakPerLook is { } leak)
            Reading = Reading with { FullCollections = Reading.FullCollections + 1, LiveBytes = Reading.LiveBytes + leak };
        return Reading;
    }
}
