using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dispatcher.Host.Endpoints;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

/// <summary>The header Idempotency-Key: callers of one key share a task, and each leaves it alone.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Endless = """{"type":"hash-file","payload":{"path":"endless"}}""";

    private RunningNode _node = null!;

    public async Task InitializeAsync()
    {
        _node = await RunningNode.StartAsync();
        _node.Folder.WriteSparse("endless", 1L << 42);
        _node.Folder.Write("file", "abc");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Post_SameKeyAndPayload_IsOneTaskWithTwoCallers()
    {
        var first = await AcceptAsync(Endless, "key");
        var second = await AcceptAsync(Endless.Replace(",", " , ", StringComparison.Ordinal), "\"key\"");
        Assert.Equal(Text(first, "id"), Text(second, "id"));
        Assert.Equal((false, true), (first.GetProperty("joined").GetBoolean(), second.GetProperty("joined").GetBoolean()));
        Assert.NotEqual(Text(first, "caller"), Text(second, "caller"));
        var pool = _node.Pool.Snapshot();
        Assert.Equal((1L, 1L), (pool.Submitted, pool.Joined));
        await CancelAsync($"/tasks/{Text(first, "id")}?caller=all");
    }

    [Fact]
    public async Task Post_ManyAtOnce_AreOneTask()
    {
        var views = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AcceptAsync(Endless, "key")));
        string id = Assert.Single(views.Select(view => Text(view, "id")).Distinct());
        Assert.Single(views, static view => !view.GetProperty("joined").GetBoolean());
        Assert.Equal(views.Length, views.Select(view => Text(view, "caller")).Distinct().Count());
        Assert.Equal(1, _node.Pool.Snapshot().Submitted);
        await CancelAsync($"/tasks/{id}?caller=all");
    }

    [Fact]
    public async Task Post_AgainAfterTheEnd_AnswersWithTheSameTaskAndItsResult()
    {
        const string body = """{"type":"hash-file","payload":{"path":"file"}}""";
        using var first = await PostAsync(body, "?wait=true", "key");
        _node.Folder.Write("file", "another content");
        using var second = await PostAsync(body, "?wait=true", "key");
        var (one, two) = (await JsonAsync(first), await JsonAsync(second));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(Text(one, "id"), Text(two, "id"));
        Assert.True(two.GetProperty("joined").GetBoolean());
        Assert.Equal(Text(one.GetProperty("result"), "sha256"), Text(two.GetProperty("result"), "sha256"));
        var found = await _node.Http.GetFromJsonAsync<JsonElement>(second.Headers.Location);
        Assert.Equal(("completed", Text(two, "caller")), (Text(found, "state"), Text(found, "caller")));
    }

    [Fact]
    public async Task Post_OtherPayload_IsRefused()
    {
        var first = await AcceptAsync(Endless, "key");
        using var answer = await PostAsync("""{"type":"hash-file","payload":{"path":"file"}}""", "", "key");
        await AssertProblemAsync(answer, 422, "rejected-other-payload");
        await CancelAsync($"/tasks/{Text(first, "id")}");
    }

    [Fact]
    public async Task Delete_OneOfTwoCallers_LeavesAloneAndTheTaskEndsWithTheLast()
    {
        using var first = await PostAsync(Endless, "", "key");
        using var second = await PostAsync(Endless, "", "key");
        string task = first.Headers.Location!.ToString().Split('?')[0];
        using (var answer = await _node.Http.DeleteAsync(task))
            await AssertProblemAsync(answer, 409, "shared-task");

        for (int again = 0; again < 2; again++)
        {
            using var left = await _node.Http.DeleteAsync(first.Headers.Location);
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
            Assert.Equal("cancelled", Text(await JsonAsync(left), "state"));
        }

        Assert.Contains(Text(await _node.Http.GetFromJsonAsync<JsonElement>(second.Headers.Location), "state"), new[] { "queued", "running" });
        Assert.Contains(Text(await _node.Http.GetFromJsonAsync<JsonElement>(task), "state"), new[] { "queued", "running" });
        Assert.Equal(0, _node.Pool.Snapshot().Cancelled);

        await CancelAsync(second.Headers.Location!.ToString());
        var end = await _node.Http.GetFromJsonAsync<JsonElement>($"{task}?wait=30");
        Assert.Equal("cancelled", Text(end, "state"));
        Assert.Equal(1, _node.Pool.Snapshot().Cancelled);
    }

    [Fact]
    public async Task Get_CallerThatIsNot_IsNotFound()
    {
        var first = await AcceptAsync(Endless, "key");
        using var answer = await _node.Http.GetAsync($"/tasks/{Text(first, "id")}?caller=4711");
        await AssertProblemAsync(answer, 404, "unknown-task");
        await CancelAsync($"/tasks/{Text(first, "id")}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\"b")]
    [InlineData("\"a\\\"b\"")]
    public async Task Post_KeyThatIsNone_IsAProblem(string key)
    {
        using var answer = await PostAsync(Endless, "", key);
        await AssertProblemAsync(answer, 400, "bad-idempotency-key");
        Assert.Equal(0, _node.Pool.Snapshot().Submitted);
    }

    [Fact]
    public async Task Post_KeyTooLongOrTwice_IsAProblem()
    {
        using var longest = await PostAsync("""{"type":"hash-file","payload":{"path":"file"}}""", "", new string('k', IdempotencyKey.MaxLength));
        Assert.Equal(HttpStatusCode.Accepted, longest.StatusCode);
        using var longer = await PostAsync(Endless, "", new string('k', IdempotencyKey.MaxLength + 1));
        await AssertProblemAsync(longer, 400, "bad-idempotency-key");
        using var twice = await PostAsync(Endless, "", "a", "b");
        await AssertProblemAsync(twice, 400, "bad-idempotency-key");
    }

    private static string Text(JsonElement view, string name) => view.GetProperty(name).GetString()!;

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, Text(await JsonAsync(answer), "code"));
    }

    private async Task<JsonElement> AcceptAsync(string body, string key)
    {
        using var answer = await PostAsync(body, "", key);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var view = await JsonAsync(answer);
        Assert.Equal($"/tasks/{Text(view, "id")}?caller={Text(view, "caller")}", answer.Headers.Location!.ToString());
        return view;
    }

    private async Task CancelAsync(string path)
    {
        using var answer = await _node.Http.DeleteAsync(path);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string query, params string[] keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/tasks{query}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (string key in keys)
            Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        return await _node.Http.SendAsync(request);
    }
}
