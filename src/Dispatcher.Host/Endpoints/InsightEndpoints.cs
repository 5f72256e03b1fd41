using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary><c>GET /findings</c>: what the diagnosis has found. <c>GET /pools/{pool}/scaling</c>: the newest decisions about a pool's size.</summary>
internal sealed class InsightEndpoints(ITaskDispatcher pool, ITaskDiagnosis diagnosis)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/findings", (InsightEndpoints insight) => insight.Findings());
        routes.MapGet("/pools/{name}/scaling", (string name, InsightEndpoints insight) => insight.Scaling(name));
    }

    private JsonHttpResult<FindingList> Findings()
    {
        ILookup<bool, FindingView> findings = diagnosis.GetFindings().ToLookup(finding => finding.EndedAt == null, FindingView.Of);
        return TypedResults.Json(new FindingList([.. findings[true]], [.. findings[false]]), WireJson.Default.FindingList);
    }

    private IResult Scaling(string name) => name == pool.Name
        ? TypedResults.Json(new ScalingView(pool.Name, [.. pool.GetScalingDecisions().Select(ScalingDecisionView.Of)]), WireJson.Default.ScalingView)
        : Problems.UnknownPool(pool.Name);
}
