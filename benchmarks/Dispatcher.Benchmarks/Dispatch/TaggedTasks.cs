using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A thousand types of tasks: three tags of ten kinds each.</summary>
internal static class TaggedTasks
{
    private static readonly Type[] Tags = [typeof(Tag0), typeof(Tag1), typeof(Tag2), typeof(Tag3), typeof(Tag4), typeof(Tag5), typeof(Tag6), typeof(Tag7), typeof(Tag8), typeof(Tag9)];

    /// <summary>A task that knows which one comes next, and who submits it.</summary>
    public abstract class Tagged : ITask<int>
    {
        public Tagged Next { get; set; } = null!;

        public CirclingTasks Owner { get; set; } = null!;

        public abstract void Register(TaskDispatcherBuilder pool);
    }

    /// <summary>One task of each of so many types, in a circle.</summary>
    public static Tagged[] Circle(int types, CirclingTasks owner)
    {
        var tasks = new Tagged[types];
        for (var i = 0; i < types; i++)
        {
            tasks[i] = (Tagged)Activator.CreateInstance(typeof(Tagged<,,>).MakeGenericType(Tags[i % 10], Tags[i / 10 % 10], Tags[i / 100 % 10]))!;
            tasks[i].Owner = owner;
        }
        for (var i = 0; i < types; i++) tasks[i].Next = tasks[(i + 1) % types];
        return tasks;
    }

    private sealed class Tagged<T1, T2, T3> : Tagged
    {
        public override void Register(TaskDispatcherBuilder pool) => pool.Handle<Tagged<T1, T2, T3>, int>(static (task, _) => task.Owner.HandleAsync(task));
    }

    private sealed class Tag0;

    private sealed class Tag1;

    private sealed class Tag2;

    private sealed class Tag3;

    private sealed class Tag4;

    private sealed class Tag5;

    private sealed class Tag6;

    private sealed class Tag7;

    private sealed class Tag8;

    private sealed class Tag9;
}
