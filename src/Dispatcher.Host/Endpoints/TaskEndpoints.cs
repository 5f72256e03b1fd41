using System.Globalization;
using System.Text.Json;
using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary><c>POST /tasks</c>, <c>GET /tasks/{id}</c>, <c>DELETE /tasks/{id}</c>.</summary>
internal sealed class TaskEndpoints(IEnumerable<TaskType> types, TaskTable table, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Bytes of a request body at most.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const string AllCallers = "all";

    private const double WaitSecondsOfTrue = 30, MaxWaitSeconds = 60, MaxDeadlineSeconds = 24 * 60 * 60;

    private readonly Dictionary<string, TaskType> _types = types.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tasks", (HttpContext http, TaskEndpoints tasks) => tasks.SubmitAsync(http));
        routes.MapGet("/tasks/{id}", (string id, HttpContext http, TaskEndpoints tasks) => tasks.GetAsync(id, http));
        routes.MapDelete("/tasks/{id}", (string id, HttpContext http, TaskEndpoints tasks) => tasks.Cancel(id, http));
    }

    private async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "draining", "This node is stopping: submit to another.", TimeSpan.FromSeconds(1));
        if (!TryReadWait(http, out var wait))
            return BadWait();
        if (!http.Request.HasJsonContentType())
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body has to be application/json.");
        if (!IdempotencyKey.TryRead(http.Request, out string? key))
            return BadKey();
        try
        {
            var request = await JsonSerializer.DeserializeAsync(http.Request.Body, WireJson.Default.SubmitRequest, http.RequestAborted)
                ?? throw new JsonException("The body is null.");
            return await SubmitAsync(request, key, wait, http);
        }
        catch (JsonException error)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-json", JsonErrors.Explain(error, JsonErrors.OfTask));
        }
        catch (BadHttpRequestException error)
        {
            return Problems.Of(error);
        }
    }

    private async Task<IResult> SubmitAsync(SubmitRequest request, string? key, TimeSpan wait, HttpContext http)
    {
        if (!_types.TryGetValue(request.Type, out var type))
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "unknown-type", $"There is no such type. Known: {string.Join(", ", _types.Keys)}.");
        if (ReadOptions(request, key, out var problem) is not { } options)
            return problem!;
        if (!table.TryReserve())
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "too-many-tasks", $"{table.Capacity} tasks are pending here.", TimeSpan.FromSeconds(1));
        TaskEntry? entry = null;
        try
        {
            entry = type.Submit(request.Payload, options, out problem);
            // Race: another request with this key came first, and is handing the task in at this moment. It takes a few instructions more.
            while (entry is { Id.Value: 0, Ended.IsCompleted: false })
                await Task.Yield();
        }
        finally
        {
            if (entry is null or { Id.Value: 0 })
                table.Release();
        }
        if (entry is null)
            return problem!;
        if (entry.Id.Value == 0)
            return entry.Refusal is { } refusal
                ? Problems.Of(refusal)
                : Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-deadline", "The deadline had passed before the task was taken.");
        table.Add(entry);
        http.Response.Headers.Location = PathOf(entry);
        // Who does not wait is told the same whether or not the task has ended by now.
        bool ended = wait > TimeSpan.Zero && await HasEndedAsync(entry, wait, http.RequestAborted);
        int status = ended ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        return TypedResults.Json(entry.View(), WireJson.Default.TaskView, statusCode: status);
    }

    private async Task<IResult> GetAsync(string id, HttpContext http)
    {
        if (!TryReadWait(http, out var wait))
            return BadWait();
        if (Pick(Find(id), CallerOf(http)) is not { } entry)
            return Unknown(id);
        await HasEndedAsync(entry, wait, http.RequestAborted);
        return TypedResults.Json(entry.View(), WireJson.Default.TaskView);
    }

    // One of several callers leaves alone; the task is cancelled with the last one, or for all of them at once.
    private IResult Cancel(string id, HttpContext http)
    {
        var callers = Find(id);
        string caller = CallerOf(http);
        if (Pick(callers, caller) is not { } entry)
            return Unknown(id);
        int pending = callers.Count(each => each.Kind == OutcomeKind.Pending);
        if (caller.Length == 0 && pending > 1)
            return Problems.Of(
                StatusCodes.Status409Conflict, "shared-task",
                $"{pending} callers share the task: say with ?caller= which one leaves, as in its Location, or ?caller={AllCallers}.", taskId: id);
        bool cancelled = false;
        foreach (var leaves in caller == AllCallers ? callers : [entry])
            cancelled |= leaves.TryCancel("http");
        if (!cancelled && entry.Kind is not (OutcomeKind.Cancelled or OutcomeKind.Pending))
            return Problems.Of(StatusCodes.Status409Conflict, "already-ended", $"The task ended before: {entry.View().State}.", taskId: id);
        int status = entry.Ended.IsCompleted ? StatusCodes.Status200OK : StatusCodes.Status202Accepted; // a running one has yet to see its token
        return TypedResults.Json(entry.View(), WireJson.Default.TaskView, statusCode: status);
    }

    private static string PathOf(TaskEntry entry) => entry.IsKeyed ? $"/tasks/{entry.Id}?caller={entry.Caller}" : $"/tasks/{entry.Id}";

    private static string CallerOf(HttpContext http) => http.Request.Query["caller"].ToString();

    private IReadOnlyList<TaskEntry> Find(string id) => TaskId.TryParse(id, out var parsed) ? table.Find(parsed) : [];

    // The caller that is named; else one that stands for the task: who waits for it, or else has stayed to its end.
    private static TaskEntry? Pick(IReadOnlyList<TaskEntry> callers, string caller) => caller is "" or AllCallers
        ? callers.MinBy(static each => each.Kind switch { OutcomeKind.Pending => 0, OutcomeKind.Cancelled => 2, _ => 1 })
        : callers.FirstOrDefault(each => each.Caller.ToString(CultureInfo.InvariantCulture) == caller);

    // Waits for the end, the time given, the caller's leaving or the node's stop, whichever comes first.
    private async Task<bool> HasEndedAsync(TaskEntry entry, TimeSpan wait, CancellationToken aborted)
    {
        if (wait > TimeSpan.Zero && !entry.Ended.IsCompleted)
        {
            using var left = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
            try
            {
                await entry.Ended.WaitAsync(wait, time, left.Token);
            }
            catch (Exception over) when (over is TimeoutException or OperationCanceledException)
            {
                return entry.Ended.IsCompleted;
            }
        }
        return entry.Ended.IsCompleted;
    }

    private static bool TryReadWait(HttpContext http, out TimeSpan wait)
    {
        string text = http.Request.Query["wait"].ToString();
        double seconds = text switch
        {
            "" or "false" => 0,
            "true" => WaitSecondsOfTrue,
            _ => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given) ? given : -1,
        };
        bool valid = seconds is >= 0 and <= MaxWaitSeconds;
        wait = valid ? TimeSpan.FromSeconds(seconds) : default;
        return valid;
    }

    private static TaskOptions? ReadOptions(SubmitRequest request, string? key, out IResult? problem)
    {
        problem = null;
        TaskPriority? priority = request.Priority switch
        {
            "P0" => TaskPriority.P0,
            "P1" => TaskPriority.P1,
            "P2" => TaskPriority.P2,
            _ => null,
        };
        if (request.Priority is not null && priority is null)
            problem = Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-priority", "priority has to be P0, P1 or P2.");
        else if (request.DeadlineSeconds is { } seconds and not (> 0 and <= MaxDeadlineSeconds))
            problem = Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "bad-deadline", $"deadlineSeconds has to be over 0 and at most {MaxDeadlineSeconds}.");
        if (problem is not null)
            return null;
        var options = new TaskOptions { Deadline = request.DeadlineSeconds is { } deadline ? TimeSpan.FromSeconds(deadline) : null, IdempotencyKey = key };
        return priority is { } urgency ? options with { Priority = urgency } : options; // what is not said, the type's contract says
    }

    private static ProblemHttpResult BadKey() => Problems.Of(
        StatusCodes.Status400BadRequest, "bad-idempotency-key",
        $"{IdempotencyKey.Header} has to be there at most once, with 1 to {IdempotencyKey.MaxLength} visible ASCII characters, in quotes or bare, without quote and backslash.");

    private static ProblemHttpResult BadWait() => Problems.Of(
        StatusCodes.Status400BadRequest, "bad-wait", $"wait has to be true, false or seconds from 0 to {MaxWaitSeconds}.");

    private static ProblemHttpResult Unknown(string id) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-task", "There is no such task here, or no such caller of it: it never was, or ended so long ago that newer ones took its place.", taskId: id);
}
