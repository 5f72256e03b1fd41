using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>A pool in virtual time whose tasks end when the second says so: so many come at its beginning, and all of them end some time later.</summary>
public abstract class LoadedPool : DispatcherTestKit
{
    private TaskCompletionSource _end = new();
    private int _begun;

    /// <summary>The pool, once it was started.</summary>
    protected TestPool Pool { get; private set; } = null!;

    /// <summary>Starts the pool.</summary>
    protected void StartLoaded(Action<TaskDispatcherBuilder> configure, IServiceProvider? services = null) => Pool = StartPool(
        builder =>
        {
            builder.Queue(10_000).Handle<Work, string>(async (_, _) =>
            {
                Task end = Volatile.Read(ref _end).Task;
                Interlocked.Increment(ref _begun);
                await end;
                return "";
            });
            configure(builder);
        },
        services: services);

    /// <summary>One second: the tasks come at once, and end after a while.</summary>
    protected async Task SecondAsync(int tasks, int endAfterMillis)
    {
        await SettleAsync();
        long ended = Pool.Dispatcher.Snapshot().Completed + tasks;
        for (int i = 0; i < tasks; i++)
            Assert.True(Pool.Dispatcher.TrySubmit(new Work("")));
        await Pool.AwaitAsync(pool => Volatile.Read(ref _begun) == ended);
        TimeSpan run = TimeSpan.FromMilliseconds(endAfterMillis);
        await AdvanceAsync(run);
        Interlocked.Exchange(ref _end, new TaskCompletionSource()).SetResult();
        await Pool.AwaitAsync(pool => pool.Completed == ended && pool.Running == 0);
        await AdvanceAsync(TimeSpan.FromSeconds(1) - run);
        await SettleAsync();
    }
}
