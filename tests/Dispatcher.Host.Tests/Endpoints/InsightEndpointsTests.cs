using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

public sealed class InsightEndpointsTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Get_Findings_HasThoseThatLastAndThoseThatHaveEnded()
    {
        var view = await _node.Http.GetFromJsonAsync<JsonElement>("/findings");
        Assert.Equal(["active", "recent"], view.EnumerateObject().Select(static member => member.Name));
        Assert.All(view.EnumerateObject(), static member => Assert.Equal(JsonValueKind.Array, member.Value.ValueKind));
    }

    [Fact]
    public async Task Get_ScalingOfThePool_HasItsDecisions()
    {
        var view = await _node.Http.GetFromJsonAsync<JsonElement>($"/pools/{Node.PoolName}/scaling");
        Assert.Equal(Node.PoolName, view.GetProperty("pool").GetString());
        Assert.Equal(JsonValueKind.Array, view.GetProperty("decisions").ValueKind);
    }

    [Fact]
    public async Task Get_ScalingOfAnUnknownPool_SaysWhichThereAre()
    {
        using var answer = await _node.Http.GetAsync("/pools/none/scaling");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("unknown-pool", "There is no such pool. Known: files."), (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
    }
}
