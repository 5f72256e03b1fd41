using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>What a caller or a host gets wrong: a refusal with its reason, or a start that fails and says why.</summary>
public sealed class BadInputTests : PoolTest
{
    [Fact]
    public async Task NullTask_EveryWayIn_IsAnArgumentException()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        await Assert.ThrowsAsync<ArgumentNullException>(() => pool.RunAsync<string>(null!).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => pool.RunAsync<Work, string>(null!).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => pool.SubmitAsync<string>(null!).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => pool.PostAsync<string>(null!).AsTask());
        Assert.Throws<ArgumentNullException>(() => pool.TrySubmit<string>(null!));
        Assert.Throws<ArgumentNullException>(() => pool.TrySubmit<string>(null!, out _));
        Assert.Equal(0, pool.Snapshot().Submitted);
    }

    [Fact]
    public async Task UnregisteredType_IsRejectedAsNoHandler()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Blob, int>((_, _) => new ValueTask<int>(1)));
        Assert.Equal(new Rejected(RejectReason.NoHandler, null), (await pool.RunAsync(new Work("a"))).Detail);
    }

    [Fact]
    public void DuplicateHandler_FailsTheStart_AndNamesTheType() =>
        Assert.Contains("Work", Assert.Throws<ArgumentException>(() => Start(b => b.Handle<Work, string>(Work.HandleAsync).Handle<Work, string>(Work.HandleDeafAsync))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("queue.capacity", 0)]
    [InlineData("queue.capacity", -1)]
    [InlineData("workers.max", 0)]
    [InlineData("concurrency", 0)]
    [InlineData("payload-cap", -1)]
    public void NumberOutOfRange_FailsTheStart_WithPathValueAndRange(string key, int value)
    {
        SettingsError error = Assert.Single(Assert.Throws<SettingsException>(() => Start(b => b.Set(key, value).Handle<Work, string>(Work.HandleAsync))).Errors);
        Assert.Equal(($"dispatcher.pools.work.{key}", $"{value}"), (error.Path, error.Value));
        Assert.Matches("[0-9]", error.Expected);
    }

    [Fact]
    public void MinimumAboveMaximum_FailsTheStart() =>
        Assert.Contains(
            Assert.Throws<SettingsException>(() => Start(b => b.Workers(5, 4).Handle<Work, string>(Work.HandleAsync))).Errors,
            error => error.Path == "dispatcher.pools.work.workers.max");

    [Fact]
    public async Task DeadlineInThePast_IsExpired_AndNoException()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        Assert.Equal(new Expired(ExpiredWhere.Submit), (await pool.RunAsync(new Work("a"), new TaskOptions { Deadline = TimeSpan.FromSeconds(-1) })).Detail);
        Assert.Equal(new Expired(ExpiredWhere.Submit), (await pool.RunAsync(new Work("a"), new TaskOptions { DeadlineAt = DateTimeOffset.UnixEpoch })).Detail);
    }

    [Fact]
    public async Task PayloadOverItsCap_IsRejected()
    {
        ITaskDispatcher pool = Start(b => b
            .Set("payload-cap", 10)
            .Handle<Blob, int>((task, _) => new ValueTask<int>(task.Bytes))
            .Handle<Work, string>((task, _) => new ValueTask<string>(task.Name))
            .MeasurePayload<Work>(static work => work.Name.Length));
        Assert.Equal(10, (await Soon(pool.RunAsync(new Blob(10)))).GetResultOrThrow());
        Assert.Equal(new Rejected(RejectReason.PayloadTooLarge, null), (await pool.RunAsync(new Blob(11))).Detail);
        Assert.True((await Soon(pool.RunAsync(new Work("short")))).IsCompleted);
        Assert.Equal(RejectReason.PayloadTooLarge, ((Rejected)(await pool.RunAsync(new Work("more than ten"))).Detail!).Reason);
        Assert.False(pool.TrySubmit(new Blob(11)));
        Assert.Equal(3, pool.Snapshot().RejectedBy[RejectReason.PayloadTooLarge]);
        Assert.Equal(5, pool.Snapshot().Submitted);
    }

    [Fact]
    public void HandlerThatCannotBeMade_FailsTheStart_WithTheTypesName() =>
        Assert.Contains(nameof(Unmakeable), Assert.Throws<HandlerConstructionException>(() => Start(b => b.Handle<Work, string, Unmakeable>())).Message, StringComparison.Ordinal);

    [Fact]
    public void SettingsWithoutEffect_FailTheStart()
    {
        AssertNoEffect(b => b.Set("queue.max-waiting", 5));
        AssertNoEffect(b => b.Set("payload-cap", 10));
        AssertNoEffect(b => b.MeasurePayload<Work>(static _ => 1));
        Assert.Contains("queue", Assert.Throws<SettingsException>(() => Start(b => b.Set("queue.capacty", 5).Handle<Work, string>(Work.HandleAsync))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Start(b => b.Set("payload-cap", 10).MeasurePayload<Blob>(static _ => 1).Handle<Work, string>(Work.HandleAsync)));
    }

    [Fact]
    public async Task RunAsync_OnAStoppedPool_IsRejectedAsStopped()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        Sys.Stop(await Sys.ActorSelection("/user/dispatcher-work").ResolveOne(TimeSpan.FromSeconds(20)));
        AwaitPool(pool, snapshot => snapshot.Phase == PoolPhase.Stopped);
        Assert.Equal(new Rejected(RejectReason.Stopped, null), (await pool.RunAsync(new Work("a"))).Detail);
        Assert.False(pool.TrySubmit(new Work("b")));
    }

    private void AssertNoEffect(Action<TaskDispatcherBuilder> configure) =>
        Assert.Contains("effect", Assert.Single(Assert.Throws<SettingsException>(() => Start(b =>
        {
            b.Handle<Work, string>(Work.HandleAsync);
            configure(b);
        })).Errors).Expected, StringComparison.Ordinal);

    private sealed record Blob(int Bytes) : ITask<int>, IPayloadSize
    {
        public long PayloadBytes => Bytes;
    }

    private sealed class Unmakeable : ITaskHandler<Work, string>
    {
        public Unmakeable() => throw new InvalidOperationException("not today");

        public ValueTask<string> HandleAsync(Work task, TaskContext context) => default;
    }
}
