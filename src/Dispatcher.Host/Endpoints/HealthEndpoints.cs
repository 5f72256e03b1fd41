using Dispatcher.Actors.Configuration;
using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary>
/// <c>/alive</c>: the process answers (restart it when it does not). <c>/health</c>: it takes tasks (send none while this is 503).
/// Both say which engine runs and how the pool is.
/// </summary>
internal sealed class HealthEndpoints(ITaskDispatcher pool, ServedFolder folder, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const string Ready = "ready";

    private readonly long _started = time.GetTimestamp();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.ServiceProvider.GetRequiredService<HealthEndpoints>(); // now: its making is where the uptime begins
        routes.MapGet("/alive", () => TypedResults.Json(health.View("alive", health.Snapshot()), WireJson.Default.NodeView));
        routes.MapGet("/health", () => health.Readiness());
    }

    private JsonHttpResult<NodeView> Readiness()
    {
        var snapshot = Snapshot();
        string status = lifetime.ApplicationStopping.IsCancellationRequested || snapshot.Phase > PoolPhase.Running ? "draining"
            : snapshot.Phase == PoolPhase.Starting ? "starting"
            : Ready;
        int code = status == Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return TypedResults.Json(View(status, snapshot), WireJson.Default.NodeView, statusCode: code);
    }

    private PoolSnapshot Snapshot() => pool.Snapshot();

    private NodeView View(string status, PoolSnapshot snapshot) => new(
        status, EngineInfo.Name, Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3), folder.Root, [PoolView.Of(snapshot)]);
}
