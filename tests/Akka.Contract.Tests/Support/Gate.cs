namespace Akka.Contract.Tests.Support;

/// <summary>Holds a handler where it is until the spec opens it. The actor belongs on the pinned dispatcher.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public void Pass() => _open.Task.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
}
