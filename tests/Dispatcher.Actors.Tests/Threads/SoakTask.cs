namespace Dispatcher.Actors.Tests.Threads;

/// <summary>A task of the run on real threads. What its handler does follows from its number.</summary>
internal sealed record SoakTask(int Number) : ITask<int>
{
    /// <summary>One in a hundred.</summary>
    public bool Throws => Number % 100 == 7;

    /// <summary>Another one in a hundred is cancelled by its caller, half of them by a handle, half by a token.</summary>
    public bool IsCancelled => Number % 100 == 42;

    /// <summary>One in eight awaits.</summary>
    public bool Awaits => Number % 8 == 0;
}
