using Akka.Hosting;
using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>P6, provisioned concurrency: a minimum of warm workers, and the first task after the start does not pay the cold start.</summary>
public sealed class RowP6Tests : DispatcherTestKit
{
    private const int Workers = 4;
    // The start makes one of each handler to see whether it can be made.
    private const int Trial = 1;

    private readonly Plant _plant = new();

    [Fact]
    public async Task Ready_MinimumOfWorkers_HasAllItsHandlersAndTheFirstTasksMakeNone()
    {
        TestPool pool = Start(Workers, Workers);
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Running);
        Assert.Equal(Workers + Trial, _plant.Made);

        Assert.Equal(Enumerable.Range(0, 100), await RunHundredAsync(pool));
        Assert.Equal(Workers + Trial, _plant.Made);
    }

    [Fact]
    public async Task Starting_LastHandlerOfTheMinimumIsBeingMade_ThePoolIsNotReadyButRunsTasks()
    {
        using ManualResetEventSlim finish = new();
        _plant.Makes = number =>
        {
            if (number == 2 + Trial)
                finish.Wait();
        };
        TestPool pool = Start(2, 2);
        await pool.AwaitAsync(s => s.Workers == 2);

        Assert.Equal(7, (await pool.Dispatcher.RunAsync(new Job(7))).GetResultOrThrow());
        Assert.Equal(PoolPhase.Starting, pool.Dispatcher.Snapshot().Phase);

        finish.Set();
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Running);
    }

    [Fact]
    public async Task Growth_NewWorkers_AreWarmBeforeTheirFirstTask()
    {
        using ManualResetEventSlim finish = new();
        TestPool pool = Start(1, 2);
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Running);
        _plant.Makes = _ => finish.Wait();
        pool.Dispatcher.Resize(2);
        await pool.AwaitAsync(s => s.Workers == 2);

        // The new one has its actor, and makes its handler: nobody waits for that.
        Assert.Equal(Enumerable.Range(0, 100), await RunHundredAsync(pool));

        finish.Set();
        Assert.Equal(Enumerable.Range(0, 100), await RunHundredAsync(pool));
        await pool.AwaitTurnsAsync();
        Assert.Equal(2 + Trial, _plant.Made);
    }

    [Fact]
    public async Task HandlerThatCannotBeMadeForOneWorker_FailsThatWorkersTaskOnly()
    {
        _plant.Makes = number =>
        {
            if (number > Trial)
                throw new InvalidOperationException("no connection");
        };
        TestPool pool = Start(1, 1);
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Running);
        Task<TaskOutcome<int>> poisoned = pool.Dispatcher.RunAsync(new Job(1)).AsTask();
        // Time for two more tries.
        while (!poisoned.IsCompleted)
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Failed failed = Assert.IsType<Failed>((await poisoned).Detail);
        Assert.Contains("no connection", failed.Error.ToString(), StringComparison.Ordinal);

        _plant.Makes = static _ => { };
        Task<TaskOutcome<int>> next = pool.Dispatcher.RunAsync(new Job(2)).AsTask();
        // The worker rests first.
        while (!next.IsCompleted)
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, (await next).GetResultOrThrow());
    }

    [Fact]
    public async Task Host_ItsStart_WaitsForTheWarmWorkers()
    {
        using IHost host = HostWith(TimeSpan.FromSeconds(30));
        await host.StartAsync();
        Assert.Equal((PoolPhase.Running, Workers), (Pool(host).Snapshot().Phase, Pool(host).Snapshot().WorkersIdle + Pool(host).Snapshot().WorkersBusy));
        Assert.Equal(Workers + Trial, _plant.Made);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_HandlersThatTakeTooLongToMake_FailTheStartByName()
    {
        using ManualResetEventSlim finish = new();
        _plant.Makes = number =>
        {
            if (number > Trial)
                finish.Wait();
        };
        using IHost host = HostWith(TimeSpan.FromMilliseconds(50));
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        finish.Set();
        Assert.Contains($"'heavy' has 0 of its minimum of {Workers} workers", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<int[]> RunHundredAsync(TestPool pool) =>
        Task.WhenAll(Enumerable.Range(0, 100).Select(async i => (await pool.Dispatcher.RunAsync(new Job(i))).GetResultOrThrow()));

    private static ITaskDispatcher Pool(IHost host) => host.Services.GetRequiredService<ITaskDispatcher>();

    private IHost HostWith(TimeSpan startTimeout)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_plant).AddTaskDispatchers().AddAkka(
            "test", akka => akka.WithTaskDispatcher("heavy", pool => pool.Workers(Workers).Set("workers.start-timeout", startTimeout).Handle<Job, int, Heavy>()));
        return builder.Build();
    }

    private TestPool Start(int min, int max) =>
        StartPool(b => b.Workers(min, max).Handle<Job, int, Heavy>(), services: new ServiceCollection().AddSingleton(_plant).BuildServiceProvider());

    private sealed record Job(int Number) : ITask<int>;

    /// <summary>Counts the handlers that are made.</summary>
    private sealed class Plant
    {
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public Action<int> Makes { get; set; } = static _ => { };

        public void Make() => Makes(Interlocked.Increment(ref _made));
    }

    private sealed class Heavy : ITaskHandler<Job, int>
    {
        public Heavy(Plant plant) => plant.Make();

        public ValueTask<int> HandleAsync(Job task, TaskContext context) => new(task.Number);
    }
}
