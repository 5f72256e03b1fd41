using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Actors.Json;

/// <summary>An outcome as JSON: its kind, and what belongs to that kind.</summary>
internal sealed record OutcomeJson
{
    [JsonRequired]
    public OutcomeKind Kind { get; init; }

    public JsonElement? Result { get; init; }

    public ErrorJson? Error { get; init; }

    public string? ErrorClass { get; init; }

    public int? Attempts { get; init; }

    public RejectReason? Reason { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public ExpiredWhere? Where { get; init; }

    public string? By { get; init; }

    public string? Why { get; init; }

    public static OutcomeJson Of(OutcomeDetail? detail) => detail switch
    {
        null => new OutcomeJson { Kind = OutcomeKind.Pending },
        Failed failed => new OutcomeJson { Kind = failed.Kind, Error = ErrorJson.Of(failed.Error), ErrorClass = failed.ErrorClass, Attempts = failed.Attempts },
        Rejected rejected => new OutcomeJson { Kind = rejected.Kind, Reason = rejected.Reason, RetryAfterSeconds = rejected.RetryAfter?.TotalSeconds },
        Expired expired => new OutcomeJson { Kind = expired.Kind, Where = expired.Where },
        Cancelled cancelled => new OutcomeJson { Kind = cancelled.Kind, By = cancelled.By },
        Abandoned abandoned => new OutcomeJson { Kind = abandoned.Kind, Why = abandoned.Why },
        _ => throw new JsonException($"There is no JSON for an outcome of kind {detail.Kind}."),
    };

    /// <summary>The detail that it tells; null when there is none to its kind.</summary>
    /// <exception cref="JsonException">Something is missing.</exception>
    public OutcomeDetail? ToDetail() => Kind switch
    {
        OutcomeKind.Pending or OutcomeKind.Completed => null,
        OutcomeKind.Failed => new Failed(Needed(Error, nameof(Error)).ToException(), Needed(ErrorClass, nameof(ErrorClass)), Attempts ?? 1),
        OutcomeKind.Rejected => new Rejected(
            Reason ?? throw Missing(nameof(Reason)), RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        OutcomeKind.Expired => new Expired(Where ?? throw Missing(nameof(Where))),
        OutcomeKind.Cancelled => new Cancelled(Needed(By, nameof(By))),
        OutcomeKind.Abandoned => new Abandoned(Needed(Why, nameof(Why))),
        _ => throw new JsonException($"There is no outcome of kind {Kind}."),
    };

    private static T Needed<T>(T? value, string name)
        where T : class => value ?? throw Missing(name);

    private static JsonException Missing(string name) => new($"The outcome lacks '{JsonNamingPolicy.CamelCase.ConvertName(name)}'.");
}
