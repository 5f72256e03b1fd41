using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Dispatcher.Actors;

/// <summary>
/// A contract as JSON Schema (draft 2020-12): the payload's schema, and the contract's own members as keywords that begin with <c>x-</c>, which validators
/// pass over. Times are in seconds; what is off is absent.
/// </summary>
public static class TaskContractSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSchemaExporterOptions s_exporter = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>Exports a contract with the task type and its result as they are.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="options">How they are written as JSON.</param>
    /// <returns>The schema.</returns>
    public static JsonObject ToJsonSchema(this TaskContract contract, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(options);
        return contract.ToJsonSchema(contract.TaskType.Name, options.GetTypeInfo(contract.TaskType), options.GetTypeInfo(contract.ResultType));
    }

    /// <summary>Exports a contract for callers that send and get something other than the types themselves.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="id">What the callers call the type; the schema's <c>$id</c>.</param>
    /// <param name="payload">What they send.</param>
    /// <param name="result">What they get.</param>
    /// <returns>The schema.</returns>
    public static JsonObject ToJsonSchema(this TaskContract contract, string id, JsonTypeInfo payload, JsonTypeInfo result)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(result);
        JsonObject schema = new() { ["$schema"] = Dialect, ["$id"] = id, ["title"] = contract.TaskType.Name };
        AddAll(schema, payload);
        AddContract(schema, contract);
        // With an id of its own, so that its references are to itself.
        JsonObject answer = new() { ["$id"] = $"{id}/result" };
        AddAll(answer, result);
        schema["x-result"] = answer;
        return schema;
    }

    private static void AddAll(JsonObject schema, JsonTypeInfo type)
    {
        // "Anything" is the one schema that is no object.
        if (type.GetJsonSchemaAsNode(s_exporter) is not JsonObject exported)
            return;
        foreach ((string key, JsonNode? value) in exported.ToList())
        {
            exported.Remove(key);
            schema[key] = value;
        }
    }

    private static void AddContract(JsonObject schema, TaskContract contract)
    {
        JsonObject sources = [];
        Add(schema, sources, "deadline-seconds", contract.Deadline);
        Add(schema, sources, "p99-target-seconds", contract.P99Target);
        Add(schema, sources, "priority", contract.Priority, contract.Priority.Value.ToString());
        Add(schema, sources, "queue-budget-seconds", contract.QueueBudget);
        Add(schema, sources, "run-budget-seconds", contract.RunBudget);
        Add(schema, sources, "payload-cap-bytes", contract.PayloadCapBytes, contract.PayloadCapBytes.Value is > 0 and var cap ? cap : null);
        Add(schema, sources, "attempts", contract.Attempts, contract.Attempts.Value);
        Add(schema, sources, "try-timeout-seconds", contract.TryTimeout);
        Add(schema, sources, "retry-on", contract.RetryOn, new JsonArray([.. contract.RetryOn.Value.Select(static name => (JsonNode)name)]));
        Add(schema, sources, "backoff-first-seconds", contract.BackoffFirst, contract.BackoffFirst.Value.TotalSeconds);
        Add(schema, sources, "backoff-max-seconds", contract.BackoffMax, contract.BackoffMax.Value.TotalSeconds);
        if (contract.HasFallback)
        {
            Add(schema, sources, "fallback-on-breaker-open", contract.FallbackOnBreakerOpen, contract.FallbackOnBreakerOpen.Value);
            Add(schema, sources, "fallback-on-failed", contract.FallbackOnFailed, contract.FallbackOnFailed.Value);
            Add(schema, sources, "fallback-on-overload", contract.FallbackOnOverload, contract.FallbackOnOverload.Value);
        }

        schema["x-pool"] = contract.Pool;
        schema["x-sources"] = sources;
    }

    private static void Add(JsonObject schema, JsonObject sources, string name, ContractValue<TimeSpan?> value) =>
        Add(schema, sources, name, value, value.Value?.TotalSeconds);

    private static void Add<T>(JsonObject schema, JsonObject sources, string name, ContractValue<T> value, JsonNode? node)
    {
        if (node != null)
            schema[$"x-{name}"] = node;
        sources[name] = value.Source.ToString().ToLowerInvariant();
    }
}
