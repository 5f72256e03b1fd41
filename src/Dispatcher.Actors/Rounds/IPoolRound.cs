namespace Dispatcher.Actors.Rounds;

/// <summary>Something that is done for a pool again and again. Never on several threads at once, and never blocks: all pools take turns.</summary>
internal interface IPoolRound
{
    /// <summary>The time between two times. The first one comes within it.</summary>
    TimeSpan Every { get; }

    /// <summary>Whether the pool is over, and this with it.</summary>
    bool IsOver { get; }

    /// <summary>Does it once.</summary>
    void Run();

    /// <summary>It has failed. Tells of it, and begins anew: without what it had learned.</summary>
    /// <param name="error">What was thrown.</param>
    void Recover(Exception error);
}
