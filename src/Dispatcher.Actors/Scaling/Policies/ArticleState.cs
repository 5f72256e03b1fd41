namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>What <see cref="ArticlePolicy"/> remembers.</summary>
internal sealed record ArticleState : PolicyState
{
    /// <summary>The rates of the last seconds.</summary>
    public required MeanWindow Qps { get; init; }

    /// <summary>For how long each mean was above the one before.</summary>
    public TimeSpan RisingFor { get; init; }

    /// <summary>How many ticks in a row the latency was over its limit.</summary>
    public int Breaches { get; init; }

    /// <summary>For how long fewer workers were enough.</summary>
    public TimeSpan SurplusFor { get; init; }
}
