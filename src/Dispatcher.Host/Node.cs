using Akka.Hosting;
using Dispatcher.Actors.Hosting;
using Dispatcher.Host.Endpoints;
using Dispatcher.Host.Tasks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Host;

/// <summary>Puts a node together: the actor system with its pool, and the HTTP server in front of it.</summary>
internal static class Node
{
    /// <summary>Name of the pool that hashes.</summary>
    public const string PoolName = "files";

    /// <summary>Longer than the pool's own drain, which has to come first.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <param name="folder">Absolute path, without links, of the folder whose files HTTP callers may name.</param>
    /// <param name="port">Loopback port; 0 takes a free one.</param>
    /// <param name="workers">Workers of the pool; null takes the pool's default.</param>
    /// <param name="hooks">What is changed before the node is built; null for nothing.</param>
    public static WebApplication Build(string folder, int port, int? workers, NodeHooks? hooks = null)
    {
        bool hasStarted = false;
        // Settings come from beside the program, never from the folder in which it was called.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical) // a failed start is told by whoever starts
            .AddFilter("Akka.Hosting.AkkaHostedService", LogLevel.None)
            .AddFilter("Dispatcher.Actors", level => level >= LogLevel.Warning && (hasStarted || level != LogLevel.Critical))
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is the report's
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = TaskEndpoints.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 1024;
        });
        AddServices(builder.Services, new ServedFolder(folder));
        builder.Services.AddTaskDispatchers().AddAkka("dispatcher", akka => AddPool(akka, workers, hooks));
        hooks?.Services?.Invoke(builder.Services);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        TaskEndpoints.Map(app);
        HealthEndpoints.Map(app);
        SchemaEndpoints.Map(app);
        InsightEndpoints.Map(app);
        RollOutEndpoints.Map(app);
        return app;
    }

    private static void AddPool(AkkaConfigurationBuilder akka, int? workers, NodeHooks? hooks)
    {
        akka.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
            loggers.ClearLoggers(); // the one that writes to standard output
            loggers.AddLoggerFactory();
        });
        hooks?.System?.Invoke(akka);
        akka.WithTaskDispatcher(PoolName, pool =>
        {
            // A full queue makes the folder run wait; HTTP submits with TrySubmit, which never does.
            pool.Handle<HashFile, FileHash, HashFileHandler>().Set("queue.full-policy", "wait");
            if (workers is { } count)
                pool.Workers(count);
            hooks?.Pool?.Invoke(pool);
        });
    }

    private static void AddServices(IServiceCollection services, ServedFolder folder)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Customize);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(folder);
        services.AddSingleton(new TaskTable(TaskTable.DefaultCapacity));
        services.AddSingleton<TaskType, HashFileType>();
        services.AddSingleton<TaskEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<SchemaEndpoints>();
        services.AddSingleton<InsightEndpoints>();
        services.AddSingleton<RollOutEndpoints>();
    }
}
