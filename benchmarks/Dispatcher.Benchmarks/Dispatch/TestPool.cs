using Akka.Actor;
using Akka.Configuration;
using Dispatcher.Actors;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A pool in an actor system of its own: as it comes, but quiet.</summary>
internal sealed class TestPool : IAsyncDisposable
{
    private static readonly Config Quiet = ConfigurationFactory
        .ParseString("akka { loglevel = WARNING, log-dead-letters = off, log-dead-letters-during-shutdown = off }")
        .WithFallback(ReferenceConfig.Value);

    private readonly ActorSystem _system = ActorSystem.Create("bench", Quiet);

    public TestPool(int workers, int queue, Action<TaskDispatcherBuilder> configure) =>
        Dispatcher = _system.StartTaskDispatcher("bench", pool =>
        {
            pool.Workers(workers).Queue(queue, FullPolicy.Wait);
            configure(pool);
        });

    public ITaskDispatcher Dispatcher { get; }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
