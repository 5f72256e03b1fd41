using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

public sealed class SchemaEndpointsTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Get_AllSchemas_NamesEachTypeAndItsSchemaIsThere()
    {
        var list = await _node.Http.GetFromJsonAsync<JsonElement>("/schemas");
        var link = Assert.Single(list.GetProperty("schemas").EnumerateArray());
        Assert.Equal("hash-file", link.GetProperty("type").GetString());
        using var schema = await _node.Http.GetAsync(link.GetProperty("href").GetString());
        Assert.Equal(HttpStatusCode.OK, schema.StatusCode);
        Assert.Equal("application/schema+json", schema.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_HashFile_IsTheSchemaOfWhatIsSentAndOfWhatComesBack()
    {
        var schema = await _node.Http.GetFromJsonAsync<JsonElement>("/schemas/hash-file");
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.Equal("/schemas/hash-file", schema.GetProperty("$id").GetString());
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal("string", schema.GetProperty("properties").GetProperty("path").GetProperty("type").GetString());
        Assert.Equal(["path"], schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        var result = schema.GetProperty("x-result");
        Assert.Equal("/schemas/hash-file/result", result.GetProperty("$id").GetString());
        Assert.Equal(["path", "sha256", "bytes", "seconds"], result.GetProperty("properties").EnumerateObject().Select(static member => member.Name));
    }

    [Fact]
    public async Task Get_HashFile_HasTheContractWithItsSources()
    {
        var schema = await _node.Http.GetFromJsonAsync<JsonElement>("/schemas/hash-file");
        Assert.Equal(("files", "P1", 1), (
            schema.GetProperty("x-pool").GetString(), schema.GetProperty("x-priority").GetString(), schema.GetProperty("x-attempts").GetInt32()));
        var sources = schema.GetProperty("x-sources");
        Assert.Equal("default", sources.GetProperty("priority").GetString());
        Assert.False(schema.TryGetProperty("x-deadline-seconds", out _));
        Assert.Equal("default", sources.GetProperty("deadline-seconds").GetString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HashFile")]
    [InlineData("hash-file%2f..")]
    public async Task Get_UnknownType_IsAProblem(string type)
    {
        using var answer = await _node.Http.GetAsync($"/schemas/{type}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unknown-type", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_Schemas_IsNotAllowed()
    {
        using var answer = await _node.Http.PostAsync("/schemas", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }
}
