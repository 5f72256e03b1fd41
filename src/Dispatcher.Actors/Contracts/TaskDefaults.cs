namespace Dispatcher.Actors.Contracts;

/// <summary>What a type's contract gives to tasks whose caller left it open. Made only for types that have something to give.</summary>
internal sealed class TaskDefaults
{
    private readonly TaskOptions _options;

    private TaskDefaults(TaskOptions options) => _options = options;

    /// <summary>The defaults of a contract.</summary>
    /// <param name="deadline">How long the whole may take; null for no limit.</param>
    /// <param name="runBudget">How long the handler may run; null for no limit.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <returns>The defaults; null where they are those of any task.</returns>
    public static TaskDefaults? Of(TimeSpan? deadline, TimeSpan? runBudget, TaskPriority priority) =>
        deadline == null && runBudget == null && priority == TaskPriority.P1
            ? null
            : new TaskDefaults(new TaskOptions { Deadline = deadline, RunBudget = runBudget, Priority = priority });

    /// <summary>A caller's options, and the contract's where they say nothing. Allocates only where both have something to say.</summary>
    /// <param name="options">The caller's; null for none.</param>
    public TaskOptions Complete(TaskOptions? options)
    {
        if (options == null)
            return _options;
        bool hasDeadline = options.Deadline != null || options.DeadlineAt != null || _options.Deadline == null;
        bool hasBudget = options.RunBudget != null || _options.RunBudget == null;
        return hasDeadline && hasBudget && options.HasPriority
            ? options
            : options with
            {
                Deadline = hasDeadline ? options.Deadline : _options.Deadline,
                RunBudget = hasBudget ? options.RunBudget : _options.RunBudget,
                Priority = options.HasPriority ? options.Priority : _options.Priority,
            };
    }
}
