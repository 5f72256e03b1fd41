using Akka.Actor;
using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.Actors.Tests.Threads;

/// <summary>One pool of the run, with an actor system of its own.</summary>
internal sealed class SoakPool
{
    public const int FewWorkers = 1;
    public const int ManyWorkers = 64;

    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system;

    public SoakPool(string name, SoakLedger ledger)
    {
        _system = ActorSystem.Create(name, ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF").WithFallback(ReferenceConfig.Value));
        Dispatcher = _system.StartTaskDispatcher("soak", pool => pool
            .Workers(FewWorkers, ManyWorkers)
            .Queue(1_000, FullPolicy.Wait)
            .Set("queue.max-waiting", 100_000)
            .Set("drain-timeout", s_drainTimeout)
            .Handle<SoakTask, int>((task, _) =>
            {
                ledger.OnRun(task);
                if (task.Throws)
                    throw new InvalidOperationException("thrown");
                return task.Awaits ? AwaitAsync(task) : new ValueTask<int>(task.Number);
            }));
    }

    public ITaskDispatcher Dispatcher { get; }

    /// <summary>Stops it as a service is stopped.</summary>
    public Task StopAsync() => CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);

    private static async ValueTask<int> AwaitAsync(SoakTask task)
    {
        await Task.Yield();
        return task.Number;
    }
}
