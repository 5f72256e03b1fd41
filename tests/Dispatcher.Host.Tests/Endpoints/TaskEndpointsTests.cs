using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatcher.Host.Endpoints;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Endpoints;

public sealed class TaskEndpointsTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Post_FileOfTheFolder_IsAcceptedAndFoundAtItsLocation()
    {
        _node.Folder.Write("file", "abc");
        using var accepted = await PostAsync("""{"type":"hash-file","payload":{"path":"file"}}""");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Matches("^/tasks/[0-9a-f]{16}$", accepted.Headers.Location!.ToString());

        var task = await _node.Http.GetFromJsonAsync<JsonElement>($"{accepted.Headers.Location}?wait=30");
        Assert.Equal("completed", task.GetProperty("state").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("abc"u8)), task.GetProperty("result").GetProperty("sha256").GetString());
        Assert.Equal(3, task.GetProperty("result").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Post_WaitTrue_AnswersWithTheResult()
    {
        _node.Folder.Write("deep/file", "abc");
        using var answer = await PostAsync("""{"type":"hash-file","payload":{"path":"deep/file"},"priority":"P0","deadlineSeconds":30}""", "?wait=true");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("completed", (await JsonAsync(answer)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Post_FileThatIsNotThere_FailsWithTheReason()
    {
        using var answer = await PostAsync("""{"type":"hash-file","payload":{"path":"none"}}""", "?wait=true");
        var task = await JsonAsync(answer);
        Assert.Equal("failed", task.GetProperty("state").GetString());
        Assert.Contains("none", task.GetProperty("detail").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, task.GetProperty("detail").GetProperty("attempts").GetInt32());
    }

    [Theory]
    [InlineData("""{"type":"hash-file","payload":{"path":"../../etc/passwd"}}""", 422, "path-outside-folder")]
    [InlineData("""{"type":"hash-file","payload":{"path":"/etc/passwd"}}""", 422, "path-outside-folder")]
    [InlineData("""{"type":"hash-file","payload":{"path":""}}""", 422, "path-outside-folder")]
    [InlineData("""{"type":"hash-file","payload":{"path":null}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":5}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":null}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a","more":1}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a","path":"b"}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","type":"hash-file","payload":{"path":"a"}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file"}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":"P7"}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":"0"}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":"p0"}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":" P0"}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":"P0,P1"}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":""}""", 422, "bad-priority")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"priority":0}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":-1}""", 422, "bad-deadline")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":86401}""", 422, "bad-deadline")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":"5"}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":NaN}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":1e999}""", 422, "bad-deadline")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadline":5}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"\ud800"}}""", 400, "bad-json")]
    [InlineData("""{"type":"\ud800","payload":{"path":"a"}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"\u0000"}}""", 422, "path-outside-folder")]
    [InlineData("""{"type":"hash-file","payload":"a"}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":[]}""", 400, "bad-json")]
    [InlineData("""{"type":"HASH-FILE","payload":{"path":"a"}}""", 422, "unknown-type")]
    [InlineData("""{"type":"","payload":{"path":"a"}}""", 422, "unknown-type")]
    [InlineData("""{"type":7,"payload":{"path":"a"}}""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"}} more""", 400, "bad-json")]
    [InlineData("""[{"type":"hash-file","payload":{"path":"a"}}]""", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},}""", 400, "bad-json")]
    [InlineData("5", 400, "bad-json")]
    [InlineData("{", 400, "bad-json")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":0}""", 422, "bad-deadline")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":1e300}""", 422, "bad-deadline")]
    [InlineData("""{"type":"hash-file","payload":{"path":"a"},"deadlineSeconds":1e-9}""", 422, "bad-deadline")]
    [InlineData("""{"type":"format-disk","payload":{}}""", 422, "unknown-type")]
    [InlineData("not json", 400, "bad-json")]
    [InlineData("", 400, "bad-json")]
    [InlineData("null", 400, "bad-json")]
    public async Task Post_BadBody_IsAProblemWithACode(string body, int status, string code)
    {
        using var answer = await PostAsync(body);
        await AssertProblemAsync(answer, status, code);
    }

    [Fact]
    public async Task Post_LinkOutOfTheFolder_IsRefused()
    {
        using var elsewhere = new TestFolder();
        File.CreateSymbolicLink(_node.Folder["link"], elsewhere.Write("secret"));
        using var answer = await PostAsync("""{"type":"hash-file","payload":{"path":"link"}}""");
        await AssertProblemAsync(answer, 422, "path-outside-folder");
    }

    [Fact]
    public async Task Post_DeepNesting_IsRefused()
    {
        string deep = new string('[', 10_000) + new string(']', 10_000);
        using var answer = await PostAsync($$"""{"type":"hash-file","payload":{{deep}}}""");
        await AssertProblemAsync(answer, 400, "bad-json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheCap_IsRefused(bool chunked)
    {
        string body = $$$"""{"type":"hash-file","payload":{"path":"{{{new string('a', TaskEndpoints.MaxBodyBytes)}}}"}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tasks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _node.Http.SendAsync(request);
        await AssertProblemAsync(answer, 413, "body-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Post_OtherContentType_IsRefused(string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("content-type", contentType);
        using var answer = await _node.Http.PostAsync("/tasks", content);
        await AssertProblemAsync(answer, 415, "not-json");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("no-such-charset")]
    public async Task Post_OtherCharset_IsRefused(string charset)
    {
        using var content = new ByteArrayContent(Encoding.Unicode.GetBytes("""{"type":"hash-file","payload":{"path":"a"}}"""));
        content.Headers.TryAddWithoutValidation("content-type", $"application/json; charset={charset}");
        using var answer = await _node.Http.PostAsync("/tasks", content);
        await AssertProblemAsync(answer, 400, "bad-json");
    }

    [Fact]
    public async Task Post_BytesThatAreNoText_AreRefused()
    {
        byte[] body = [.. "{\"type\":\"hash-file\",\"payload\":{\"path\":\""u8, 0xff, 0xfe, 0xc0, .. "\"}}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("content-type", "application/json");
        using var answer = await _node.Http.PostAsync("/tasks", content);
        await AssertProblemAsync(answer, 400, "bad-json");
    }

    [Fact]
    public async Task Post_PathOfThousandsOfParts_IsRefusedBeforeItIsFollowed()
    {
        string path = string.Concat(Enumerable.Repeat("a/", (TaskEndpoints.MaxBodyBytes / 2) - 100));
        using var answer = await PostAsync($$$"""{"type":"hash-file","payload":{"path":"{{{path}}}"}}""");
        await AssertProblemAsync(answer, 422, "path-too-long");
    }

    [Theory]
    [InlineData("PUT", "/tasks")]
    [InlineData("GET", "/tasks")]
    [InlineData("POST", "/tasks/0000000000000001")]
    [InlineData("DELETE", "/health")]
    [InlineData("POST", "/findings")]
    [InlineData("DELETE", "/pools/files/scaling")]
    public async Task Any_OtherMethod_IsAProblem(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _node.Http.SendAsync(request);
        await AssertProblemAsync(answer, 405, "method-not-allowed");
    }

    [Theory]
    [InlineData("0000000000000000")]
    [InlineData("-1")]
    [InlineData("nonsense")]
    [InlineData("00000000000000010000000000000001")]
    public async Task Delete_UnknownTask_IsNotFound(string id)
    {
        using var answer = await _node.Http.DeleteAsync($"/tasks/{id}");
        await AssertProblemAsync(answer, 404, "unknown-task");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("61")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e1")]
    [InlineData("99999999999999999999")]
    [InlineData("1&wait=2")]
    [InlineData("True")]
    public async Task Get_BadWait_IsAProblem(string wait)
    {
        using var answer = await _node.Http.GetAsync($"/tasks/0000000000000001?wait={wait}");
        await AssertProblemAsync(answer, 400, "bad-wait");
    }

    [Theory]
    [InlineData("0000000000000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData("nonsense")]
    public async Task Get_UnknownTask_IsNotFound(string id)
    {
        using var answer = await _node.Http.GetAsync($"/tasks/{id}");
        await AssertProblemAsync(answer, 404, "unknown-task");
    }

    [Fact]
    public async Task Any_UnknownPath_IsAProblemToo()
    {
        using var answer = await _node.Http.GetAsync("/nothing");
        await AssertProblemAsync(answer, 404, "not-found");
    }

    [Fact]
    public async Task Delete_RunningTask_CancelsItOnceAndForAll()
    {
        _node.Folder.WriteSparse("endless", 1L << 42);
        using var accepted = await PostAsync("""{"type":"hash-file","payload":{"path":"endless"}}""");
        string location = accepted.Headers.Location!.ToString();

        using var cancelled = await _node.Http.DeleteAsync(location);
        Assert.Contains(cancelled.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
        var task = await _node.Http.GetFromJsonAsync<JsonElement>($"{location}?wait=30");
        Assert.Equal("cancelled", task.GetProperty("state").GetString());
        Assert.Equal("http", task.GetProperty("detail").GetProperty("by").GetString());

        using var again = await _node.Http.DeleteAsync(location);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Delete_EndedTask_IsAConflict()
    {
        _node.Folder.Write("file");
        using var done = await PostAsync("""{"type":"hash-file","payload":{"path":"file"}}""", "?wait=true");
        using var answer = await _node.Http.DeleteAsync(done.Headers.Location);
        await AssertProblemAsync(answer, 409, "already-ended");
    }

    [Fact]
    public async Task Get_WaitOfARunningTask_AnswersWhenTheWaitIsOver()
    {
        _node.Folder.WriteSparse("endless", 1L << 42);
        using var accepted = await PostAsync("""{"type":"hash-file","payload":{"path":"endless"}}""", "?wait=0.05");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        string state = (await JsonAsync(accepted)).GetProperty("state").GetString()!;
        Assert.Contains(state, new[] { "queued", "running" });
        using var cancelled = await _node.Http.DeleteAsync(accepted.Headers.Location);
    }

    [Fact]
    public async Task Post_NodeIsStopping_IsRefusedWithARetryHint()
    {
        _node.BeginStop();
        using var answer = await PostAsync("""{"type":"hash-file","payload":{"path":"file"}}""");
        await AssertProblemAsync(answer, 503, "draining");
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
    }

    private Task<HttpResponseMessage> PostAsync(string body, string query = "") =>
        _node.Http.PostAsync($"/tasks{query}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await JsonAsync(answer);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        if (problem.TryGetProperty("detail", out var detail))
            Assert.DoesNotMatch(@"\b(Dispatcher|System)\.|\.NET", detail.GetString()!); // the sender's words, not the program's
    }
}
