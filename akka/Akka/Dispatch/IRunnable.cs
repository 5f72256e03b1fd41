namespace Akka.Dispatch;

/// <summary>Work for a dispatcher's threads.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}

/// <summary>A delegate as work.</summary>
public sealed class ActionRunnable : IRunnable
{
    private readonly Action _action;

    public ActionRunnable(Action action) => _action = action;

    public void Run() => _action();

    public void Execute() => _action();
}
