namespace Dispatcher.Actors.Composition;

/// <summary>What applies to a whole run of a pipeline.</summary>
public sealed record PipelineOptions
{
    internal static readonly PipelineOptions Default = new();

    /// <summary>
    /// Whether items come out in the order in which they went in, and enter each stage so. An item that is late holds up those behind it, and so
    /// fewer tasks may run at once. Default false: as they end.
    /// </summary>
    public bool PreserveOrder { get; init; }

    /// <summary>Whether the first item that does not complete ends the run: nothing is read any more, what is inside ends as Cancelled. Default false.</summary>
    public bool FailFast { get; init; }

    /// <summary>How many items wait for the one who enumerates the run at most. 1 to 65536, default 16.</summary>
    public int OutputBuffer { get; init; } = 16;

    /// <summary>The time by which a refused task waits for its next try. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Verify()
    {
        ArgumentNullException.ThrowIfNull(Time);
        Bounds.Verify(OutputBuffer, 1, StageOptions.MaxBuffer, "Pipeline", nameof(OutputBuffer));
    }
}
