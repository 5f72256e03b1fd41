namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// One concern of a simulated life: what it lets happen, how what it began comes to an end, and what must hold. A new way that a task can take is a new
/// concern, in a file of its own, and a line in <see cref="PoolLife"/>.
/// </summary>
internal abstract class Concern
{
    /// <summary>What may happen at any time.</summary>
    public virtual IEnumerable<Deed> Deeds => [];

    /// <summary>Lets something come to an end that would not end by itself. Called until nobody has anything left.</summary>
    /// <returns>Whether there was something.</returns>
    public virtual bool Settle() => false;

    /// <summary>Looks whether all is as it must be. Nothing is under way.</summary>
    /// <param name="pool">The pool.</param>
    public virtual Task VerifyAsync(PoolSnapshot pool) => Task.CompletedTask;
}
