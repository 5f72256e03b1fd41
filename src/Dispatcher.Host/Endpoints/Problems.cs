using System.Globalization;
using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary>Errors as problem+json (RFC 9457), each with a stable <c>code</c> for programs.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string detail, TimeSpan? retryAfter = null, string? taskId = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (taskId is not null)
            extensions["taskId"] = taskId;
        if (retryAfter is { } wait)
            extensions["retryAfterSeconds"] = wait.TotalSeconds;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <summary>A body that could not be read.</summary>
    public static ProblemHttpResult Of(BadHttpRequestException error)
    {
        string code = error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body-too-large" : "bad-request";
        return Of(error.StatusCode, code, $"{error.Message} A body has at most {TaskEndpoints.MaxBodyBytes} bytes.");
    }

    /// <summary>A pool that is not there.</summary>
    public static ProblemHttpResult UnknownPool(string known) =>
        Of(StatusCodes.Status404NotFound, "unknown-pool", $"There is no such pool. Known: {known}.");

    /// <summary>A refusal of the pool: 429 for a quota, 413 for size, 422 for an idempotency key that was used for something else, 501 for a type nobody handles, 503 for a node that cannot now.</summary>
    public static ProblemHttpResult Of(Rejected rejected) => Of(
        rejected.Reason switch
        {
            RejectReason.RateLimited or RejectReason.ConcurrencyLimited or RejectReason.TenantLimited => StatusCodes.Status429TooManyRequests,
            RejectReason.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
            RejectReason.OtherPayload => StatusCodes.Status422UnprocessableEntity,
            RejectReason.NoHandler => StatusCodes.Status501NotImplemented,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        $"rejected-{Kebab(rejected.Reason.ToString())}",
        rejected.Reason == RejectReason.OtherPayload
            ? "The Idempotency-Key belongs to a task with another payload. Another task needs a key of its own."
            : $"The pool refused the task: {rejected.Reason}.",
        rejected.RetryAfter);

    /// <summary>Adds to every problem what only the request knows: its trace id, and Retry-After as the header that HTTP clients read.</summary>
    public static void Customize(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        details.Extensions["traceId"] = System.Diagnostics.Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        details.Extensions.TryAdd("code", Kebab(details.Title ?? "error"));
        if (details.Extensions.TryGetValue("retryAfterSeconds", out object? seconds) && seconds is double wait)
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait)).ToString(CultureInfo.InvariantCulture);
    }

    // "QueueFull" and "Not Found" become "queue-full" and "not-found".
    private static string Kebab(string name) => string.Concat(name.Select((letter, index) => letter switch
    {
        ' ' => "-",
        >= 'A' and <= 'Z' when index > 0 && name[index - 1] != ' ' => $"-{char.ToLowerInvariant(letter)}",
        _ => char.ToLowerInvariant(letter).ToString(),
    }));
}
