using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dispatcher.Actors.Hosting;
using Dispatcher.Host.Endpoints;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

/// <summary>What an operator does with the new version of a handler, over HTTP. The new version answers with a hash that no file has, or throws for files of a name.</summary>
public sealed class RollOutEndpointsTests : IAsyncLifetime
{
    private const string All = $"/pools/{Node.PoolName}/rollouts", One = $"{All}/HashFile";
    private const string New = "by the new version";

    private RunningNode _node = null!;

    public async Task InitializeAsync()
    {
        _node = await RunningNode.StartAsync(new NodeHooks
        {
            Pool = static pool => pool.RollOut<HashFile, FileHash>(
                static (task, _) => task.Path.EndsWith("bad", StringComparison.Ordinal)
                    ? throw new InvalidOperationException("the new version cannot do this")
                    : new ValueTask<FileHash>(new FileHash(task.Path, New, 0, TimeSpan.Zero)),
                0.5,
                new RollOutOptions { Version = "hasher 2", MinimumSamples = 10 }),
        });
        _node.Folder.Write("file");
        _node.Folder.Write("bad");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Get_List_HasEachWithItsVersionsAndItsAddress()
    {
        var list = await _node.Http.GetFromJsonAsync<JsonElement>(All);
        Assert.Equal(Node.PoolName, Text(list, "pool"));
        var view = Assert.Single(list.GetProperty("rollOuts").EnumerateArray());
        Assert.Equal(("HashFile", "comparing", 0.5), (Text(view, "taskType"), Text(view, "phase"), view.GetProperty("share").GetDouble()));
        Assert.Equal(("HashFileHandler", "hasher 2"), (Text(view.GetProperty("old"), "version"), Text(view.GetProperty("new"), "version")));
        Assert.Equal(0, view.GetProperty("decisions").GetArrayLength());
        Assert.Equal(One, Text(view, "href"));
        Assert.Equal(view.GetRawText(), (await _node.Http.GetFromJsonAsync<JsonElement>(Text(view, "href"))).GetRawText());
    }

    [Fact]
    public async Task Post_Changes_AreInForceForTheNextTaskAndInTheDecisions()
    {
        var promoted = await ChangeAsync("""{"action":"promote","reason":"a quiet week"}""");
        Assert.Equal(("promoted", 1), (Text(promoted, "phase"), promoted.GetProperty("share").GetDouble()));
        Assert.Equal(New, await HashAsync("file"));

        Assert.Equal("cut-off", Text(await ChangeAsync("""{"action":"cut-off"}"""), "phase"));
        Assert.NotEqual(New, await HashAsync("file"));

        var shared = await ChangeAsync("""{"action":"set-share","share":0.25,"reason":"again, with care"}""");
        Assert.Equal(("comparing", 0.25), (Text(shared, "phase"), shared.GetProperty("share").GetDouble()));
        var decisions = (await _node.Http.GetFromJsonAsync<JsonElement>(One)).GetProperty("decisions").EnumerateArray().ToList();
        Assert.Equal([(0.5, 1, "a quiet week"), (1, 0, "set by hand"), (0, 0.25, "again, with care")], decisions.Select(static decision =>
            (decision.GetProperty("fromShare").GetDouble(), decision.GetProperty("toShare").GetDouble(), Text(decision, "reason"))));
        Assert.All(decisions, static decision => Assert.Equal("Operator", Text(decision, "rule")));
    }

    [Fact]
    public async Task Get_NewVersionErrs_ShowsThatItWasCutOffByItselfAndWhy()
    {
        JsonElement view;
        int posts = 0;
        do
        {
            Assert.InRange(++posts, 1, 1000);
            using var answer = await PostAsync("/tasks?wait=true", """{"type":"hash-file","payload":{"path":"bad"}}""");
            view = await _node.Http.GetFromJsonAsync<JsonElement>(One);
        }
        while (Text(view, "phase") == "comparing");

        Assert.Equal("cut-off", Text(view, "phase"));
        var decision = Assert.Single(view.GetProperty("decisions").EnumerateArray());
        Assert.Equal(("Errors", 0), (Text(decision, "rule"), decision.GetProperty("toShare").GetDouble()));
        Assert.Contains("calls failed (100.0 %), of the old version 0 of", Text(decision, "reason"), StringComparison.Ordinal);
        Assert.NotEqual(New, await HashAsync("bad"));
    }

    [Theory]
    [InlineData("""{"action":"set-share"}""", 422, "bad-share")]
    [InlineData("""{"action":"set-share","share":1.01}""", 422, "bad-share")]
    [InlineData("""{"action":"set-share","share":-1}""", 422, "bad-share")]
    [InlineData("""{"action":"promote","share":0.5}""", 422, "bad-share")]
    [InlineData("""{"action":"Promote"}""", 422, "bad-action")]
    [InlineData("""{"action":"promote","reason":"two\nlines"}""", 422, "bad-reason")]
    [InlineData("""{"share":0.5}""", 400, "bad-json")]
    [InlineData("""{"action":"promote","force":true}""", 400, "bad-json")]
    [InlineData("""{"action":"set-share","share":"half"}""", 400, "bad-json")]
    [InlineData("null", 400, "bad-json")]
    [InlineData("", 400, "bad-json")]
    public async Task Post_BadBody_IsAProblemAndChangesNothing(string body, int status, string code)
    {
        using var answer = await PostAsync(One, body);
        await AssertProblemAsync(answer, status, code);
        Assert.Equal(0, (await _node.Http.GetFromJsonAsync<JsonElement>(One)).GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task Post_ReasonOrBodyTooLong_IsAProblem()
    {
        using var reason = await PostAsync(One, $$"""{"action":"promote","reason":"{{new string('x', RollOutEndpoints.MaxReasonLength + 1)}}"}""");
        await AssertProblemAsync(reason, 422, "bad-reason");
        using var body = await PostAsync(One, $$"""{"action":"promote","reason":"{{new string('x', TaskEndpoints.MaxBodyBytes)}}"}""");
        await AssertProblemAsync(body, 413, "body-too-large");
    }

    [Fact]
    public async Task Post_NotJson_IsRefused()
    {
        using var answer = await _node.Http.PostAsync(One, new StringContent("""{"action":"promote"}""", Encoding.UTF8, "text/plain"));
        await AssertProblemAsync(answer, 415, "not-json");
    }

    [Theory]
    [InlineData("/pools/none/rollouts", "unknown-pool")]
    [InlineData("/pools/none/rollouts/HashFile", "unknown-pool")]
    [InlineData($"{All}/None", "unknown-rollout")]
    public async Task Get_Unknown_SaysWhatThereIs(string path, string code)
    {
        using var answer = await _node.Http.GetAsync(path);
        Assert.Contains("Known: ", await AssertProblemAsync(answer, 404, code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingIsRolledOut_IsAnEmptyList()
    {
        await using var plain = await RunningNode.StartAsync();
        Assert.Equal(0, (await plain.Http.GetFromJsonAsync<JsonElement>(All)).GetProperty("rollOuts").GetArrayLength());
        using var one = await plain.Http.GetAsync(One);
        await AssertProblemAsync(one, 404, "unknown-rollout");
    }

    private static string Text(JsonElement view, string name) => view.GetProperty(name).GetString()!;

    private static async Task<string> AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, Text(problem, "code"));
        return Text(problem, "detail");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _node.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonElement> ChangeAsync(string body)
    {
        using var answer = await PostAsync(One, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string> HashAsync(string file)
    {
        using var answer = await PostAsync("/tasks?wait=true", $$$"""{"type":"hash-file","payload":{"path":"{{{file}}}"}}""");
        return Text((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result"), "sha256");
    }
}
