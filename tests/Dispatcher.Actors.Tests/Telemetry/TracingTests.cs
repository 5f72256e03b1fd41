using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>The spans of a task, as a listener sees them.</summary>
[Collection(Alone.Name)]
public sealed class TracingTests : PoolTest
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Dispatcher.Actors" or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task RunAsync_InATrace_SendsProcessesAndSettlesInIt()
    {
        ActivityContext seen = default;
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>((_, _) =>
        {
            seen = Activity.Current!.Context;
            return new ValueTask<string>("x");
        }));
        using ActivitySource source = new("test");
        using Activity caller = source.StartActivity("caller")!;
        Assert.True((await pool.RunAsync(new Work("a"))).IsCompleted);
        Assert.Same(caller, Activity.Current);

        Activity send = await SpanAsync("send Work"), process = await SpanAsync("process Work"), settle = await SpanAsync("settle Work");
        Assert.All([send, process, settle], span => Assert.Equal(caller.TraceId, span.TraceId));
        Assert.Equal((ActivityKind.Producer, caller.SpanId), (send.Kind, send.ParentSpanId));
        Assert.Equal((ActivityKind.Consumer, send.SpanId), (process.Kind, process.ParentSpanId));
        Assert.Equal((ActivityKind.Client, process.SpanId), (settle.Kind, settle.ParentSpanId));
        Assert.Equal(process.SpanId, seen.SpanId);
        Assert.Equal("dispatcher", process.GetTagItem("messaging.system"));
        Assert.Equal("work", process.GetTagItem("messaging.destination.name"));
        Assert.Equal("Completed", settle.GetTagItem("dispatcher.task.outcome"));
    }

    [Fact]
    public async Task RunAsync_ContextByOption_IsTheParent()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>((_, _) => new ValueTask<string>("x")));
        ActivityContext remote = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
        await pool.RunAsync(new Work("a"), new TaskOptions { TraceContext = remote });
        Assert.Equal(remote.SpanId, (await SpanAsync("send Work")).ParentSpanId);
    }

    [Fact]
    public async Task RunAsync_HandlerThatThrowsLater_EndsItsSpanWithTheError()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        Work work = new("a");
        Task<TaskOutcome<string>> outcome = pool.RunAsync(work).AsTask();
        await work.Started;
        work.Fail(new InvalidOperationException("no"));
        await Soon(outcome);
        Activity process = await SpanAsync("process Work");
        Assert.Equal(ActivityStatusCode.Error, process.Status);
        Assert.Equal("InvalidOperationException", process.GetTagItem("error.type"));
    }

    [Fact]
    public async Task RunAsync_Refused_IsASendThatFailed()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync));
        await pool.RunAsync(new Work("a"), new TaskOptions { Deadline = TimeSpan.Zero });
        Assert.Equal("Expired", (await SpanAsync("send Work")).GetTagItem("error.type"));
        Assert.DoesNotContain(_spans, span => span.OperationName == "process Work");
    }

    [Fact]
    public async Task RunAsync_ByAHandler_IsBelowItsSpan()
    {
        ITaskDispatcher? pool = null;
        pool = Start(b => b.Workers(2)
            .Handle<Work, string>((_, _) => new ValueTask<string>("x"))
            .Handle<Outer, string>(async (_, _) =>
            {
                await Task.Yield();
                return (await pool!.RunAsync(new Work("inner"))).GetResultOrThrow();
            }));
        await Soon(pool.RunAsync(new Outer()));
        Assert.Equal((await SpanAsync("process Outer")).SpanId, (await SpanAsync("send Work")).ParentSpanId);
    }

    [Fact]
    public async Task RunAsync_TriedTwice_TheRetryIsASpanOfItsOwnLinkedToTheFirst()
    {
        int runs = 0;
        ITaskDispatcher pool = Start(b => b.Retries(new RetryOptions { Attempts = 2, On = ["any"], BackoffFirst = TimeSpan.FromMilliseconds(1) })
            .Handle<Work, string>((_, _) => runs++ == 0 ? throw new TimeoutException() : new ValueTask<string>("x")));
        Assert.True((await Soon(pool.RunAsync(new Work("a")))).IsCompleted);

        await SpanAsync("settle Work");
        Activity[] tries = [.. _spans.Where(span => span.OperationName == "process Work").OrderBy(span => (int)span.GetTagItem("dispatcher.task.attempt")!)];
        Assert.Equal(2, tries.Length);
        Assert.Equal(("TimeoutException", null), (tries[0].GetTagItem("error.type"), tries[1].GetTagItem("error.type")));
        Assert.Empty(tries[0].Links);
        Assert.Equal(tries[0].SpanId, Assert.Single(tries[1].Links).Context.SpanId);
        Assert.NotEqual(tries[0].SpanId, tries[1].SpanId);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _listener.Dispose();
    }

    // A span ends a moment before or after the outcome is seen.
    private async Task<Activity> SpanAsync(string name)
    {
        Activity? found = null;
        await AwaitAssertAsync(() => found = _spans.Single(span => span.OperationName == name), TimeSpan.FromSeconds(10));
        return found!;
    }

    private sealed record Outer : ITask<string>;
}
