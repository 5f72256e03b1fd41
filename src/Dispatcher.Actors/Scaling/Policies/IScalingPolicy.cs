namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>How many workers a pool should have. A pure function: all that it remembers is in the state that it takes and gives back.</summary>
internal interface IScalingPolicy
{
    /// <summary>What settings and reports call it.</summary>
    string Name { get; }

    /// <summary>The state to begin with.</summary>
    PolicyState Start { get; }

    /// <summary>Decides at one tick.</summary>
    /// <param name="sample">The load in the tick.</param>
    /// <param name="state">The state that the last decision gave back.</param>
    /// <param name="now">Monotonic time since any fixed moment.</param>
    PolicyStep Decide(PoolSample sample, PolicyState state, TimeSpan now);

    /// <summary>Whether its target can be met with the tasks of a sample, whatever the number of workers.</summary>
    /// <param name="sample">The load in a tick.</param>
    /// <returns>Why not; null when it can, or nothing is known yet.</returns>
    string? DoubtAbout(PoolSample sample) => null;
}
