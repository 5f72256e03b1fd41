using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Host.Tests.Endpoints;

/// <summary>Findings and decisions as they really come about, in virtual time, and as HTTP shows them. The handler ends when the test lets it.</summary>
public sealed class RealInsightTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private RunningNode _node = null!;
    private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManualTimeProvider Time => (ManualTimeProvider)_node.Services.GetRequiredService<TimeProvider>();

    public async Task InitializeAsync()
    {
        _node = await RunningNode.StartAsync(
            new NodeHooks
            {
                System = static akka => akka.AddHocon(VirtualScheduler.Config, HoconAddMode.Prepend),
                Services = static services => services.AddSingleton<TimeProvider>(static all => VirtualScheduler.TimeOf(all.GetRequiredService<ActorSystem>())),
                Pool = pool => pool.Workers(1, 16).RollOut<HashFile, FileHash>(
                    async (task, _) =>
                    {
                        await Volatile.Read(ref _end).Task;
                        return new FileHash(task.Path, "", 0, TimeSpan.Zero);
                    },
                    share: 1),
            },
            workers: null);
        _node.Folder.Write("file");
    }

    public async Task DisposeAsync()
    {
        _end.TrySetResult();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Findings_TaskThatNeverEnds_LastsWithItsEvidenceAndIsRecentWhenItHasEnded()
    {
        string id = await SubmitAsync();
        var list = await AdvanceUntilAsync("/findings", static list => list.GetProperty("active").GetArrayLength() == 1);
        var finding = list.GetProperty("active")[0];
        Assert.Equal(("TaskNeverEnds", Node.PoolName, "HashFile"), (Text(finding, "kind"), Text(finding, "pool"), Text(finding, "taskType")));
        Assert.Contains($"the oldest is {id} in worker ", Text(finding, "evidence"), StringComparison.Ordinal);
        Assert.InRange(finding.GetProperty("foundAt").GetDateTimeOffset() - finding.GetProperty("since").GetDateTimeOffset(), TimeSpan.FromSeconds(55), TimeSpan.MaxValue);
        Assert.False(finding.TryGetProperty("endedAt", out _));
        Assert.Equal(0, list.GetProperty("recent").GetArrayLength());

        LetAllEnd();
        list = await AdvanceUntilAsync("/findings", static list => list.GetProperty("recent").GetArrayLength() == 1);
        Assert.Equal(0, list.GetProperty("active").GetArrayLength());
        var ended = list.GetProperty("recent")[0];
        Assert.Contains(id, Text(ended, "evidence"), StringComparison.Ordinal);
        // Looks that come late may come at the same second.
        Assert.True(ended.GetProperty("endedAt").GetDateTimeOffset() >= finding.GetProperty("foundAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Scaling_TasksWait_ShowsTheDecisionToGrowAndItsReason()
    {
        for (int i = 0; i < 40; i++)
            await SubmitAsync();
        var view = await AdvanceUntilAsync(
            $"/pools/{Node.PoolName}/scaling",
            static view => view.GetProperty("decisions").EnumerateArray().Any(static decision => To(decision) > From(decision)),
            eachSecond: LetAllEnd);
        var decided = _node.Pool.GetScalingDecisions()[0];
        var first = view.GetProperty("decisions")[0];
        Assert.Equal((decided.From, decided.To, decided.At), (From(first), To(first), first.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal(("slo", decided.Rule.ToString(), decided.Reason), (Text(first, "policy"), Text(first, "rule"), Text(first, "reason")));
        Assert.NotEmpty(decided.Reason);
    }

    private static int From(JsonElement decision) => decision.GetProperty("from").GetInt32();

    private static int To(JsonElement decision) => decision.GetProperty("to").GetInt32();

    private static string Text(JsonElement view, string name) => view.GetProperty(name).GetString()!;

    private void LetAllEnd() => Interlocked.Exchange(ref _end, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async Task<string> SubmitAsync()
    {
        using var answer = await _node.Http.PostAsync("/tasks", new StringContent("""{"type":"hash-file","payload":{"path":"file"}}""", Encoding.UTF8, "application/json"));
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "id");
    }

    // Second by second. Actors take their turns on threads of their own, so that what a second brings may be there some seconds later.
    private async Task<JsonElement> AdvanceUntilAsync(string path, Func<JsonElement, bool> isSo, Action? eachSecond = null)
    {
        using CancellationTokenSource limit = new(s_patience);
        while (true)
        {
            var view = await _node.Http.GetFromJsonAsync<JsonElement>(path, limit.Token);
            if (isSo(view))
                return view;
            eachSecond?.Invoke();
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
