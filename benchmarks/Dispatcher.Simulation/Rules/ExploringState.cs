using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Simulation.Rules;

/// <summary>What <see cref="ExploringPolicy"/> remembers.</summary>
internal sealed record ExploringState : PolicyState
{
    /// <summary>What each size that was busy gave, in tasks a second; smoothed.</summary>
    public required IReadOnlyDictionary<int, double> Throughputs { get; init; }

    /// <summary>When it acts next.</summary>
    public TimeSpan NextAt { get; init; }

    /// <summary>Since when some worker was always free; null when none is.</summary>
    public TimeSpan? UnderusedSince { get; init; }

    /// <summary>The most workers in use since then.</summary>
    public int MostUsed { get; init; }

    /// <summary>The state of the random numbers.</summary>
    public required ulong Random { get; init; }
}
