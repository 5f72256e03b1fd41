using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row P5, worker reuse (article 0/3.3): a warm worker of the task's template is preferred, a cold one is pre-warmed in the background. The score itself:
/// ReuseModelTests.
/// </summary>
public sealed class RowP5Tests : DispatcherTestKit
{
    private readonly Constructions _constructions = new();

    [Fact]
    public async Task Pool_WorkerThatIsStillCold_TasksGoToTheWarmOnesAndNonePaysForTheStart()
    {
        await using ServiceProvider services = new ServiceCollection().AddSingleton(_constructions).BuildServiceProvider();
        TestPool pool = StartPool(builder => builder.Workers(2, 3).Set("scaling.policy", "off").Handle<Work, string, SlowToMake>(), services: services);
        // Idle is also one that has yet to make its handlers; the pool is open when they all have.
        await pool.AwaitAsync(static snapshot => snapshot is { Phase: PoolPhase.Running, WorkersIdle: 2 });
        int made = _constructions.Ended;
        _constructions.Gate.Reset();
        pool.Dispatcher.Resize(3);
        await _constructions.AwaitBegunAsync(made + 1);
        // The third makes its handlers; meanwhile all that comes is done by the two.
        for (int i = 0; i < 100; i++)
            Assert.Equal("done", (await pool.Dispatcher.RunAsync(new Work(""))).GetResultOrThrow());
        Assert.Equal(made, _constructions.Ended);
        _constructions.Gate.Set();
        await pool.AwaitAsync(_ => _constructions.Ended == made + 1);
        // Warm before its first task: nothing is made any more, whoever runs what.
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.Dispatcher.RunAsync(new Work("")).AsTask()));
        Assert.Equal(made + 1, _constructions.Ended);
    }

    private sealed class Constructions
    {
        private int _begun;
        private int _ended;

        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public int Ended => Volatile.Read(ref _ended);

        public void Construct()
        {
            Interlocked.Increment(ref _begun);
            Gate.Wait();
            Interlocked.Increment(ref _ended);
        }

        public async Task AwaitBegunAsync(int count)
        {
            while (Volatile.Read(ref _begun) < count)
                await Task.Yield();
        }
    }

    private sealed class SlowToMake : ITaskHandler<Work, string>
    {
        public SlowToMake(Constructions constructions) => constructions.Construct();

        public ValueTask<string> HandleAsync(Work task, TaskContext context) => new("done");
    }
}
