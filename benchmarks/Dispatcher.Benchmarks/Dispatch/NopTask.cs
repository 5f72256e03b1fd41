using Dispatcher.Actors;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A task without work. One object for all, so that what is allocated is the machinery's.</summary>
internal sealed class NopTask : ITask<int>
{
    public static readonly NopTask Instance = new();

    public static ValueTask<int> HandleAsync(NopTask task, TaskContext context) => new(1);
}
