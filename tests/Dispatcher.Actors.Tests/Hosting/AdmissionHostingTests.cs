using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Hosting;

/// <summary>Admission as a service sets it: by the builder, in a pool with actors.</summary>
public sealed class AdmissionHostingTests : PoolTest
{
    [Fact]
    public async Task Fallback_BreakerOpen_AnswersTheCaller()
    {
        ITaskDispatcher pool = Start(builder => builder
            .Workers(1).Breaker("consecutive")
            .Handle<Work, string>(static (_, _) => throw new InvalidOperationException("down"))
            .Fallback<Work, string>(static (work, outcome) => $"{work.Name}: {((Rejected)outcome).Reason}"));
        for (int i = 0; i < 5; i++)
            Assert.Equal(OutcomeKind.Failed, (await Soon(pool.RunAsync(new Work("a")))).Kind);
        Assert.Equal("b: BreakerOpen", (await Soon(pool.RunAsync(new Work("b")))).Result);
        Assert.Equal(BreakerState.Open, pool.Snapshot().Admission!.Breakers["Work"]);
    }

    [Fact]
    public void Fallback_WithoutBreaker_FailsTheStart()
    {
        SettingsException error = Assert.Throws<SettingsException>(() => Start(builder => builder
            .Handle<Work, string>(Work.HandleAsync).Fallback<Work, string>(static (_, _) => "")));
        Assert.Contains("dispatcher.pools.work.tasks.Work.admission.fallback: a fallback that is never used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fallback_WithoutHandler_FailsTheStart() =>
        Assert.Throws<ArgumentException>(() => Start(builder => builder.Breaker("quick").Fallback<Work, string>(static (_, _) => "")));

    [Fact]
    public async Task ConcurrencyLimit_AsManyAreIn_OneMoreIsRefusedAndComesInLater()
    {
        ITaskDispatcher pool = Start(builder => builder.Workers(4).ConcurrencyLimit(2).Handle<Work, string>(Work.HandleAsync));
        Work a = new("a"), b = new("b");
        Task<TaskOutcome<string>> first = pool.RunAsync(a).AsTask(), second = pool.RunAsync(b).AsTask();
        Assert.Equal(RejectReason.ConcurrencyLimited, ((Rejected)(await Soon(pool.RunAsync(new Work("c")))).Detail!).Reason);
        a.Finish();
        await Soon(first);
        Work d = new("d");
        Task<TaskOutcome<string>> third = pool.RunAsync(d).AsTask();
        b.Finish();
        d.Finish();
        Assert.Equal("b done", (await Soon(second)).Result);
        Assert.Equal("d done", (await Soon(third)).Result);
        Assert.Equal(0, pool.Snapshot().Admission!.InFlight);
    }

    [Fact]
    public async Task ProtectFromOverload_ATaskInAQuietPool_RunsAsAlways()
    {
        ITaskDispatcher pool = Start(builder => builder.Workers(2).ProtectFromOverload().ShareBetweenTenants().Handle<Work, string>(Work.HandleAsync));
        Work work = new("a");
        work.Finish();
        Assert.Equal("a done", (await Soon(pool.RunAsync(work, new TaskOptions { Tenant = "t", Priority = TaskPriority.P2 }))).Result);
        Assert.Equal(1026, pool.Snapshot().Admission!.Limit);
    }
}
