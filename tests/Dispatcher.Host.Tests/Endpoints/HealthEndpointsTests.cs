using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dispatcher.Actors.Configuration;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

public sealed class HealthEndpointsTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("/alive", "alive")]
    [InlineData("/health", "ready")]
    public async Task Get_RunningNode_SaysEngineAndPool(string path, string status)
    {
        var view = await _node.Http.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal(status, view.GetProperty("status").GetString());
        Assert.Equal(EngineInfo.Name, view.GetProperty("engine").GetString());
        var pool = Assert.Single(view.GetProperty("pools").EnumerateArray());
        Assert.Equal(Node.PoolName, pool.GetProperty("name").GetString());
        Assert.Equal(2, pool.GetProperty("workers").GetInt32());
    }

    [Fact]
    public async Task Get_AfterTasks_CountsAddUp()
    {
        _node.Folder.Write("file");
        foreach (string path in new[] { "file", "none", "file" })
            using (await _node.Http.PostAsync(
                "/tasks?wait=true", new StringContent($$$"""{"type":"hash-file","payload":{"path":"{{{path}}}"}}""", Encoding.UTF8, "application/json")))
            {
            }

        var view = await _node.Http.GetFromJsonAsync<JsonElement>("/health");
        var pool = view.GetProperty("pools")[0];
        Assert.Equal(3, pool.GetProperty("submitted").GetInt64());
        Assert.Equal(2, pool.GetProperty("completed").GetInt64());
        Assert.Equal(1, pool.GetProperty("failed").GetInt64());
        Assert.Equal(0, pool.GetProperty("queued").GetInt64() + pool.GetProperty("waiting").GetInt64());
    }

    [Fact]
    public async Task Get_NodeIsStopping_IsAliveAndNotReady()
    {
        _node.BeginStop();
        using var health = await _node.Http.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("draining", (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        using var alive = await _node.Http.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
