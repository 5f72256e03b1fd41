using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dispatcher.Actors;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Endpoints;

/// <summary>Body of <c>POST /tasks</c>.</summary>
/// <param name="Type">Name of the task type, such as <c>hash-file</c>.</param>
/// <param name="Payload">What the type wants.</param>
/// <param name="Priority">P0, P1 or P2; without, what the contract of the type says.</param>
/// <param name="DeadlineSeconds">From now; without, what the contract of the type says.</param>
internal sealed record SubmitRequest(
    [property: JsonRequired] string Type, [property: JsonRequired] JsonElement Payload, string? Priority = null, double? DeadlineSeconds = null);

/// <summary>Payload of <c>hash-file</c>.</summary>
/// <param name="Path">Absolute, or relative to the served folder; it has to lie in that folder.</param>
internal sealed record HashFilePayload([property: JsonRequired] string Path);

/// <summary>Result of <c>hash-file</c>.</summary>
internal sealed record HashFileResult(string Path, string Sha256, long Bytes, double Seconds)
{
    public static HashFileResult Of(FileHash hash) => new(hash.Path, hash.Sha256, hash.Bytes, hash.Elapsed.TotalSeconds);
}

/// <summary>One task as callers see it.</summary>
/// <param name="Id">16 hex digits.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="State">Where it is; once it ended, its outcome.</param>
/// <param name="SubmittedAt">Wall clock.</param>
/// <param name="Caller">Whose view this is, with an idempotency key: several callers may share a task.</param>
/// <param name="Joined">With an idempotency key: whether it was submitted before.</param>
/// <param name="Result">The handler's answer, once completed.</param>
/// <param name="Detail">Why it did not complete.</param>
internal sealed record TaskView(
    string Id, string Type, string State, DateTimeOffset SubmittedAt, string? Caller, bool? Joined, JsonElement? Result, TaskDetail? Detail);

/// <summary>Why a task did not complete; what does not concern its outcome is absent.</summary>
internal sealed record TaskDetail
{
    public string? ErrorClass { get; init; }
    public string? Message { get; init; }
    public int? Attempts { get; init; }
    public string? Reason { get; init; }
    public double? RetryAfterSeconds { get; init; }
    public string? Where { get; init; }
    public string? By { get; init; }
}

/// <summary>Answer of <c>/alive</c> and <c>/health</c>.</summary>
internal sealed record NodeView(string Status, string Engine, double UptimeSeconds, string Folder, IReadOnlyList<PoolView> Pools);

/// <summary>One pool at one moment; submitted = paced + waiting + queued + running + delayed + the six outcomes.</summary>
internal sealed record PoolView(
    string Name, string Phase, int Workers, int WorkersIdle, int WorkersBusy, int WorkersDraining, int Paced, int Waiting, int Queued, int Running, int Delayed,
    long Submitted, long Completed, long Failed, long Rejected, long Expired, long Cancelled, long Abandoned)
{
    public static PoolView Of(PoolSnapshot pool) => new(
        pool.Name, pool.Phase.ToString().ToLowerInvariant(), pool.Workers, pool.WorkersIdle, pool.WorkersBusy, pool.WorkersDraining,
        pool.Paced, pool.Waiting, pool.Queued, pool.Running, pool.Delayed, pool.Submitted, pool.Completed, pool.Failed, pool.Rejected, pool.Expired, pool.Cancelled,
        pool.Abandoned);
}

/// <summary>Answer of <c>/schemas</c>: the types that may be submitted.</summary>
internal sealed record SchemaList(IReadOnlyList<SchemaLink> Schemas);

/// <summary>One of them.</summary>
/// <param name="Type">Its name, as in the body of <c>POST /tasks</c>.</param>
/// <param name="Href">Where its schema is.</param>
internal sealed record SchemaLink(string Type, string Href);

/// <summary>Strict JSON: fixed types, no unknown and no duplicate names, bounded depth.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(HashFilePayload))]
[JsonSerializable(typeof(HashFileResult))]
[JsonSerializable(typeof(TaskView))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(SchemaList))]
[JsonSerializable(typeof(FindingList))]
[JsonSerializable(typeof(ScalingView))]
[JsonSerializable(typeof(RollOutList))]
[JsonSerializable(typeof(RollOutView))]
[JsonSerializable(typeof(RollOutRequest))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class WireJson : JsonSerializerContext;
