namespace Dispatcher.Actors;

/// <summary>Shedding by class at the door while a queue stands.</summary>
public sealed record ShedSettings
{
    /// <summary>How many times the served load is let in; over 1, so that the workers never lack tasks. 1.01 to 10.</summary>
    public required double AcceptFactor { get; init; }

    /// <summary>Over 1 sheds more than the excess, under 1 less: the share is raised to 1 / this. 0.1 to 10; 1 is the plain excess.</summary>
    public required double Aggression { get; init; }

    /// <summary>The largest share of a class that is shed; the rest goes through and finds out whether it has become better. 0.1 to 1.</summary>
    public required double MaxShare { get; init; }

    /// <summary>The hint that comes with a refusal. 1 ms to 1 hour.</summary>
    public required TimeSpan RetryAfter { get; init; }
}
