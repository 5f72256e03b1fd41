namespace Dispatcher.Actors.Composition;

/// <summary>The bounds of one stage.</summary>
public sealed record StageOptions
{
    internal const int MaxConcurrency = 4096;
    internal const int MaxBuffer = 65536;
    internal const int MostRefusals = 1000;

    internal static readonly StageOptions Default = new();

    /// <summary>How many of its tasks are on their way at most: waiting in their pool or running there. 1 to 4096, default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How many items wait before the stage at most. 1 to 65536, default 16.</summary>
    public int Buffer { get; init; } = 16;

    /// <summary>
    /// How often a task is handed in again that its pool refused for a while (a full queue, a limit), each time after the pool's hint, doubled from
    /// try to try up to 5 s. The items behind it wait meanwhile. 0 to 1000, default 8; with 0 a refusal is the item's outcome at once.
    /// </summary>
    public int MaxRefusals { get; init; } = 8;

    /// <summary>The options of each task; null for its pool's defaults.</summary>
    public TaskOptions? Task { get; init; }

    internal void Verify(string stage)
    {
        Bounds.Verify(Concurrency, 1, MaxConcurrency, $"Stage '{stage}'", nameof(Concurrency));
        Bounds.Verify(Buffer, 1, MaxBuffer, $"Stage '{stage}'", nameof(Buffer));
        Bounds.Verify(MaxRefusals, 0, MostRefusals, $"Stage '{stage}'", nameof(MaxRefusals));
    }
}
