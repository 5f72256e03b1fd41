using Akka.Actor;
using Akka.Hosting;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Hosting;

/// <summary>Adds pools to a host.</summary>
public static class TaskDispatcherHostingExtensions
{
    /// <summary>
    /// Adds a pool to the host's actor system. It starts with the system, whose start waits until the minimum of workers is there with all its handlers
    /// (<c>workers.start-timeout</c>), and drains when the host stops.
    /// </summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="name">The pool's name: letters, digits, dashes.</param>
    /// <param name="configure">Describes the pool.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is none, or another pool has it.</exception>
    public static AkkaConfigurationBuilder WithTaskDispatcher(
        this AkkaConfigurationBuilder builder, string name, Action<TaskDispatcherBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        PoolNames.Verify(name);
        TaskDispatcher dispatcher = new(name);
        PoolDirectory directory = PoolDirectory.Of(builder);
        directory.Add(dispatcher, configure);
        if (!builder.Configuration.HasValue || !ReferenceConfig.IsIn(builder.Configuration.Value))
            builder.AddHocon(ReferenceConfig.Value, HoconAddMode.Append);
        return builder
            .StartActors((system, _, resolver) => directory.Start(dispatcher, system, resolver.GetService<IServiceProvider>()))
            .AddStartup((_, _) => Task.WhenAll(dispatcher.Classes.Select(AwaitWorkersAsync)));
    }

    /// <summary>
    /// Lets services ask for <see cref="ITaskDispatcher"/>: by the pool's name as key, and without a key where there is one pool. A dispatcher may be
    /// asked for before its pool has started. And for <see cref="ITaskDiagnosis"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTaskDispatchers(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<ITaskDispatcher>(KeyedService.AnyKey, static (provider, key) => DirectoryOf(provider).Find(key as string))
            .AddSingleton<ITaskDispatcher>(static provider => DirectoryOf(provider).Only())
            .AddSingleton<ITaskDiagnosis>(static provider => provider.GetRequiredService<ActorSystem>().GetTaskDiagnosis());

    private static async Task AwaitWorkersAsync(PoolCore core)
    {
        TimeSpan timeout = core.Settings.StartTimeout;
        try
        {
            await core.Opened.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(
                $"Pool '{core.Settings.Label}' has {core.Slots.Warm} of its minimum of {core.Settings.WorkersMin} workers after {timeout} (workers.start-timeout).", error);
        }
    }

    // The pools are described when the builder is made, which is when it is first asked for.
    private static PoolDirectory DirectoryOf(IServiceProvider provider) =>
        PoolDirectory.Of(provider.GetService<AkkaConfigurationBuilder>()
            ?? throw new InvalidOperationException("There is no actor system: call AddAkka, and WithTaskDispatcher in it."));
}
