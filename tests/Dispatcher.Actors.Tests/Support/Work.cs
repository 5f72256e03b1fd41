namespace Dispatcher.Actors.Tests.Support;

/// <summary>A task whose handler a test controls.</summary>
public sealed record Work(string Name) : ITask<string>
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the handler has begun.</summary>
    public Task Started => _started.Task;

    /// <summary>The token that the handler saw.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>What the handler does first.</summary>
    public Action? OnStart { get; init; }

    public void Finish() => _end.TrySetResult($"{Name} done");

    public void Fail(Exception error) => _end.TrySetException(error);

    /// <summary>The handler: begins, then waits for the test's word or for its token.</summary>
    public static async ValueTask<string> HandleAsync(Work work, TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.OnStart?.Invoke();
        work.Token = context.CancellationToken;
        work._started.TrySetResult();
        return await work._end.Task.WaitAsync(work.Token);
    }

    /// <summary>The same, deaf to its token.</summary>
    public static async ValueTask<string> HandleDeafAsync(Work work, TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(work);
        work._started.TrySetResult();
        return await work._end.Task;
    }
}
