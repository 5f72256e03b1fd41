namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Repeats the assertion until it does not throw; what it throws after the time is over goes to the caller.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Sync(Repeat(false, Completed(assertion), duration, interval, cancellationToken));
    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Repeat(true, Completed(assertion), duration, interval, cancellationToken).AsTask();
    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Repeat(true, assertion, duration, interval, cancellationToken).AsTask();

    private async ValueTask<bool> Repeat(bool async, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(duration);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await assertion();
                return true;
            }
            catch (Exception) when (Now < stop)
            {
                // Not yet: tried again below.
            }
            var left = stop - Now;
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            var pause = interval ?? PollInterval;
            await Pause(async, pause >= TimeSpan.Zero && pause < left ? pause : left, cancellationToken);
        }
    }

    internal static Func<Task> Completed(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
