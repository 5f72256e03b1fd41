using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A pool in a host of its own, as a service has it: all as it comes, but quiet.</summary>
internal sealed class TestPool : IAsyncDisposable
{
    private readonly IHost _host;

    public TestPool(int workers, int queue, Action<TaskDispatcherBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTaskDispatchers().AddAkka("bench", akka => akka
            .ConfigureLoggers(static loggers => loggers.LogLevel = LogLevel.WarningLevel)
            .AddHocon("akka { log-dead-letters = off, log-dead-letters-during-shutdown = off }", HoconAddMode.Prepend)
            .WithTaskDispatcher("bench", pool =>
            {
                pool.Workers(workers).Queue(queue, FullPolicy.Wait);
                configure(pool);
            }));
        _host = builder.Build();
        _host.Start();
        Dispatcher = _host.Services.GetRequiredService<ITaskDispatcher>();
    }

    public ITaskDispatcher Dispatcher { get; }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>Returns when all that was submitted before has ended: a task more goes through the queue behind them, and only those that are in a handler are left.</summary>
    public async Task EndAsync(long completed)
    {
        await Dispatcher.RunAsync(NopTask.Instance);
        while (Dispatcher.Snapshot().Completed < completed) await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
