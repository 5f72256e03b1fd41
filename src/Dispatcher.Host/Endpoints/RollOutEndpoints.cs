using System.Text.Json;
using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary>
/// <c>GET /pools/{pool}/rollouts</c>: the new versions of handlers that are rolled out. <c>GET</c> and <c>POST /pools/{pool}/rollouts/{task}</c>: one of them, and an
/// operator's change of it.
/// </summary>
internal sealed class RollOutEndpoints(ITaskDispatcher pool)
{
    /// <summary>Characters of a reason at most.</summary>
    public const int MaxReasonLength = 200;

    private const string Shape = "A body has action (set-share, promote or cut-off), with set-share also share (a number), and may have reason (text); no other member, and none twice or null.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pools/{name}/rollouts", (string name, RollOutEndpoints rollOuts) => rollOuts.List(name));
        routes.MapGet("/pools/{name}/rollouts/{task}", (string name, string task, RollOutEndpoints rollOuts) => rollOuts.Get(name, task));
        routes.MapPost("/pools/{name}/rollouts/{task}", (string name, string task, HttpContext http, RollOutEndpoints rollOuts) => rollOuts.ChangeAsync(name, task, http));
    }

    private IResult List(string name) => name == pool.Name
        ? TypedResults.Json(new RollOutList(pool.Name, [.. pool.GetRollOuts().Select(View)]), WireJson.Default.RollOutList)
        : Problems.UnknownPool(pool.Name);

    private IResult Get(string name, string task) =>
        Find(name, task, out var problem) is { } rollOut ? TypedResults.Json(View(rollOut), WireJson.Default.RollOutView) : problem!;

    private async Task<IResult> ChangeAsync(string name, string task, HttpContext http)
    {
        if (Find(name, task, out var problem) is not { } rollOut)
            return problem!;
        // A page of another site can send a form to this address, and no JSON.
        if (!http.Request.HasJsonContentType())
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body has to be application/json.");
        RollOutRequest request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(http.Request.Body, WireJson.Default.RollOutRequest, http.RequestAborted) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-json", JsonErrors.Explain(error, Shape));
        }
        catch (BadHttpRequestException error)
        {
            return Problems.Of(error);
        }
        return Change(rollOut, request);
    }

    private IResult Change(ITaskRollOut rollOut, RollOutRequest request)
    {
        string? reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason;
        // It becomes a part of lines in the log.
        if (reason is { Length: > MaxReasonLength } || reason?.Any(char.IsControl) == true)
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "bad-reason", $"reason has to be one line of at most {MaxReasonLength} characters.");
        if (request.Action == "set-share" ? request.Share is not (>= 0 and <= 1) : request.Share is not null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-share", "share has to be 0 to 1 with set-share, and absent otherwise.");
        switch (request.Action)
        {
            case "set-share":
                rollOut.SetShare(request.Share!.Value, reason);
                break;
            case "promote":
                rollOut.Promote(reason);
                break;
            case "cut-off":
                rollOut.CutOff(reason);
                break;
            default:
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-action", "action has to be set-share, promote or cut-off.");
        }
        return TypedResults.Json(View(rollOut), WireJson.Default.RollOutView);
    }

    private RollOutView View(ITaskRollOut rollOut) => RollOutView.Of(rollOut, $"/pools/{pool.Name}/rollouts/{rollOut.TaskType.Name}");

    private ITaskRollOut? Find(string name, string task, out ProblemHttpResult? problem)
    {
        problem = null;
        if (name != pool.Name)
        {
            problem = Problems.UnknownPool(pool.Name);
            return null;
        }
        var all = pool.GetRollOuts();
        var found = all.FirstOrDefault(rollOut => rollOut.TaskType.Name == task);
        if (found is null)
        {
            string known = all.Count == 0 ? "Nothing is rolled out here." : $"Known: {string.Join(", ", all.Select(static rollOut => rollOut.TaskType.Name))}.";
            problem = Problems.Of(StatusCodes.Status404NotFound, "unknown-rollout", $"There is no such roll-out. {known}");
        }
        return found;
    }
}
