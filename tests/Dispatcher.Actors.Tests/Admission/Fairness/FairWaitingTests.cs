using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>Tenants that share a full queue whose tasks wait for a place: who comes next, and who has left.</summary>
public sealed class FairWaitingTests
{
    private const int Places = 2;

    private static readonly FairnessSettings s_fair = new()
    {
        MaxTenants = 8, MaxShare = 1, DefaultWeight = 1, Burst = 1, RetryAfter = TimeSpan.FromSeconds(1), Weights = new Dictionary<string, int> { ["heavy"] = 2 },
    };

    private readonly ManualTime _time = new();
    private readonly PoolCore _core;
    private readonly TaskRoute<string, int> _route;
    private uint _look;

    public FairWaitingTests()
    {
        _core = Core(s_fair);
        _route = TestCells.Route(_core);
    }

    [Fact]
    public void TryTake_OneTenantHasManyWaiters_OthersComeRoundByRoundByTheirWeights()
    {
        Submit("big", 20);
        Submit("small", 4);
        Submit("heavy", 8);

        // Two of the big one had places at once.
        Dictionary<string, int> first = TakeAll().Take(15).CountBy(tenant => tenant).ToDictionary();
        Assert.Equal((5, 4, 6), (first["big"], first["small"], first["heavy"]));
    }

    [Fact]
    public void TryTake_ManyWaiters_PlacesAreNeverMoreThanThereAre()
    {
        Submit("big", 10);
        Submit("small", 10);
        for (int left = 20; left > 0; left--)
        {
            Assert.Equal(Math.Min(Places, left), _core.Shared.Queue.Depth);
            Assert.Equal(Math.Max(0, left - Places), _core.Shared.Waiting);
            Assert.True(_core.Shared.TryTake(_look++, out _));
        }
    }

    [Fact]
    public async Task Waiter_IsCancelledOrExpires_LeavesNoHole()
    {
        Submit("big", Places);
        using CancellationTokenSource source = new();
        Task<TaskOutcome<int>> cancelled = Run("small", null, source.Token);
        Task<TaskOutcome<int>> expired = Run("small", TimeSpan.FromMilliseconds(5));
        Submit("small", 1);
        source.Cancel();
        _time.Advance(TimeSpan.FromMilliseconds(5));
        _core.Sweep();

        Assert.Equal(1, _core.Shared.Waiting);
        Assert.Equal(["big", "small", "big"], TakeAll());
        Assert.Equal((OutcomeKind.Cancelled, OutcomeKind.Expired), ((await cancelled).Kind, (await expired).Kind));
        Assert.Equal(0, _core.Gate!.Shares!.Held);
    }

    [Fact]
    public void Waiters_TenThousandCancelled_TakeNoPlaceAndOthersGoOn()
    {
        Submit("big", Places);
        Submit("small", 3);
        for (int i = 0; i < 10_000; i++)
        {
            using CancellationTokenSource source = new();
            Run("big", null, source.Token);
            source.Cancel();
        }

        Assert.Equal(3, _core.Shared.Waiting);
        Assert.Equal(["big", "small", "big", "small", "small"], TakeAll());
    }

    [Fact]
    public async Task Submit_ATenantHasItsShareOfQueueAndWaitingLine_IsRefusedAndOthersAreNot()
    {
        PoolCore core = Core(s_fair with { MaxShare = 0.5 });
        TaskRoute<string, int> route = TestCells.Route(core);
        Task<TaskOutcome<int>>[] big = [.. Enumerable.Range(0, 17).Select(_ => route.RunAsync("x", new TaskOptions { Tenant = "big" }, default).AsTask())];
        Task<TaskOutcome<int>> small = route.RunAsync("x", new TaskOptions { Tenant = "small" }, default).AsTask();

        // Two places and thirty for those that wait.
        Assert.Equal(16, big.Count(task => !task.IsCompleted));
        Assert.Equal(RejectReason.TenantLimited, Assert.IsType<Rejected>((await big[16]).Detail).Reason);
        Assert.False(small.IsCompleted);
    }

    [Fact]
    public async Task Close_TasksWait_EachIsRejectedOnce()
    {
        Submit("big", 4);
        Task<TaskOutcome<int>> small = Run("small", null);
        _core.Close();

        Assert.Equal(RejectReason.Stopped, Assert.IsType<Rejected>((await small).Detail).Reason);
        Assert.Equal((5, 0), (_core.Counters.Of(RejectReason.Stopped), _core.Gate!.Shares!.Held));
    }

    private PoolCore Core(FairnessSettings fairness) => TestCells.Core(
        TestCells.Settings with
        {
            QueueCapacity = Places,
            FullPolicy = FullPolicy.Wait,
            MaxWaiting = 30,
            Admission = new AdmissionSettings { Fairness = fairness, MaxTenants = fairness.MaxTenants },
        },
        _time);

    private void Submit(string tenant, int tasks)
    {
        for (int i = 0; i < tasks; i++)
            Assert.False(Run(tenant, null).IsCompleted);
    }

    private Task<TaskOutcome<int>> Run(string tenant, TimeSpan? deadline, CancellationToken token = default) =>
        _route.RunAsync(tenant, new TaskOptions { Tenant = tenant, Deadline = deadline }, token).AsTask();

    private List<string> TakeAll()
    {
        List<string> taken = [];
        while (_core.Shared.TryTake(_look++, out TaskCell? cell))
            taken.Add(((TaskCell<string, int>)cell).Task);
        return taken;
    }
}
