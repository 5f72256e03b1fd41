using Dispatcher.Actors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatcher.Host.Endpoints;

/// <summary><c>GET /schemas</c>: the types that may be submitted. <c>GET /schemas/{task}</c>: the contract of one, as JSON Schema.</summary>
internal sealed class SchemaEndpoints(IEnumerable<TaskType> types)
{
    private const string MediaType = "application/schema+json";

    private readonly Dictionary<string, TaskType> _types = types.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/schemas", (SchemaEndpoints schemas) => schemas.List());
        routes.MapGet("/schemas/{task}", (string task, SchemaEndpoints schemas) => schemas.Get(task));
    }

    private static string PathOf(TaskType type) => $"/schemas/{type.Name}";

    private JsonHttpResult<SchemaList> List() =>
        TypedResults.Json(new SchemaList([.. _types.Values.Select(type => new SchemaLink(type.Name, PathOf(type)))]), WireJson.Default.SchemaList);

    private IResult Get(string task)
    {
        if (!_types.TryGetValue(task, out var type))
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-type", $"There is no such type. Known: {string.Join(", ", _types.Keys)}.");
        if (type.Contract is not { } contract)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "starting", "The pool of this type has not started.", TimeSpan.FromSeconds(1));
        return TypedResults.Json(contract.ToJsonSchema(PathOf(type), type.Payload, type.Result), WireJson.Default.JsonObject, MediaType);
    }
}
