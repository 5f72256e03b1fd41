using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Dispatch.Once;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Dispatch.Once;

/// <summary>Idempotency keys without a pool: who joins whom, what is kept and for how long.</summary>
public sealed class OnceTableTests
{
    private static readonly TimeSpan s_retention = TimeSpan.FromMinutes(10);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Join_WhileInFlight_AllGetTheSameOutcome()
    {
        OnceTable table = Make();
        OnceCaller<int> first = First(table, "a");
        OnceCaller<int>[] others = [.. Enumerable.Range(0, 99).Select(_ => Joined(table, "a"))];

        End(first, TaskOutcome<int>.Completed(7));

        Assert.Equal(7, (await first.Outcome).Result);
        Assert.All(await Task.WhenAll(others.Select(other => other.Outcome)), outcome => Assert.Equal(7, outcome.Result));
        Assert.Equal(99, table.Joined);
    }

    [Fact]
    public void Join_OtherPayload_IsToldApart()
    {
        OnceTable table = Make();
        OnceCaller<int> first = First(table, "a");
        Assert.Equal(OnceJoin.OtherPayload, table.Join(Key("a"), "another payload", out OnceCaller<int>? none));
        Assert.Null(none);
        End(first, TaskOutcome<int>.Completed(7));
        Assert.Equal(OnceJoin.OtherPayload, table.Join<int>(Key("a"), "another payload", out _));
        Assert.Equal(0, table.Joined);
    }

    [Fact]
    public void Join_OtherTenantOrType_IsATaskOfItsOwn()
    {
        OnceTable table = Make();
        First(table, "a");
        Assert.Equal(OnceJoin.First, table.Join<int>(Key("a") with { Tenant = "t" }, "payload", out _));
        Assert.Equal(OnceJoin.First, table.Join<int>(Key("a") with { TaskType = typeof(Uri) }, "payload", out _));
    }

    [Fact]
    public void Completed_UntilItsTimeIsOver_AnswersForItsKey()
    {
        OnceTable table = Make();
        End(First(table, "a"), TaskOutcome<int>.Completed(7));
        _time.Advance(s_retention - TimeSpan.FromTicks(1));
        Assert.True(Joined(table, "a").Outcome.IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromTicks(1));
        First(table, "a");
    }

    [Theory]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Rejected)]
    [InlineData(OutcomeKind.Expired)]
    [InlineData(OutcomeKind.Cancelled)]
    [InlineData(OutcomeKind.Abandoned)]
    public void End_OfAnyOtherKind_IsForgottenAtOnce(OutcomeKind kind)
    {
        OutcomeDetail detail = kind switch
        {
            OutcomeKind.Failed => new Failed(new InvalidOperationException(), "error", 1),
            OutcomeKind.Rejected => OutcomeDetails.Draining,
            OutcomeKind.Expired => OutcomeDetails.ExpiredInRun,
            OutcomeKind.Cancelled => OutcomeDetails.CancelledByCaller,
            _ => new Abandoned("test"),
        };
        OnceTable table = Make();
        OnceCaller<int> first = First(table, "a"), second = Joined(table, "a");
        End(first, TaskOutcome<int>.Ended(detail));
        Assert.Equal(TaskState.Ended, second.State);
        Assert.Equal(0, table.Count);
        First(table, "a");
    }

    [Fact]
    public void Completed_ByAFallbackHandler_IsForgottenAtOnce()
    {
        OnceTable table = Make();
        OnceCaller<int> first = First(table, "a");
        first.Run.NoteFallback();
        End(first, TaskOutcome<int>.Completed(7));
        First(table, "a");
    }

    [Fact]
    public void Completed_MoreThanAreKept_TheOldestLeaveFirst()
    {
        OnceTable table = Make();
        foreach (string key in (string[])["a", "b", "c", "d"])
            End(First(table, key), TaskOutcome<int>.Completed(1));
        Assert.Equal(3, table.Count);
        foreach (string key in (string[])["b", "c", "d"])
            Joined(table, key);
        First(table, "a");
        // Tasks in flight take no place of those that are kept.
        Assert.Equal(4, table.Count);
    }

    [Fact]
    public void Completed_NothingIsKept_OnlyThoseInFlightAreJoined()
    {
        OnceTable table = Make(new IdempotencySettings { Retention = null, Outcomes = 3 });
        OnceCaller<int> first = First(table, "a");
        Joined(table, "a");
        End(first, TaskOutcome<int>.Completed(7));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public async Task Leave_NotTheLast_IsToldAtOnceAndTheOthersStay()
    {
        OnceTable table = Make();
        OnceCaller<int> first = First(table, "a"), second = Joined(table, "a"), third = Joined(table, "a");
        Assert.True(first.TryCancel("first"));
        Assert.False(first.TryCancel("first again"));
        Assert.True(third.TryCancel("third"));
        Assert.Equal(new Cancelled("first"), (await first.Outcome).Detail);
        Assert.Equal(new Cancelled("third"), (await third.Outcome).Detail);
        Assert.False(second.Outcome.IsCompleted);
        End(second, TaskOutcome<int>.Completed(7));
        Assert.Equal(7, (await second.Outcome).Result);
        Assert.False(second.TryCancel("late"));
    }

    [Fact]
    public async Task JoinAndLeaveAgainstTheEnd_ManyRounds_EveryCallerIsToldOnce()
    {
        // Race: one thread ends the task, one joins it or begins the next, one leaves.
        for (int round = 0; round < 2_000; round++)
        {
            OnceTable table = Make();
            OnceCaller<int> first = First(table, "a"), leaving = Joined(table, "a");
            bool keeps = round % 2 == 0;
            using Barrier start = new(3);
            Task<OnceCaller<int>?> joins = Task.Run(() =>
            {
                start.SignalAndWait();
                return table.Join(Key("a"), "payload", out OnceCaller<int>? caller) == OnceJoin.Joined ? caller : null;
            });
            Task<bool> leaves = Task.Run(() =>
            {
                start.SignalAndWait();
                return leaving.TryCancel("left");
            });
            start.SignalAndWait();
            TaskOutcome<int> end = keeps ? TaskOutcome<int>.Completed(round) : TaskOutcome<int>.Ended(OutcomeDetails.Draining);
            End(first, end);

            OnceCaller<int>? joined = await joins;
            if (joined != null)
                Assert.Equal(end, await joined.Outcome);
            else
                Assert.False(keeps);
            Assert.Equal(await leaves ? TaskOutcome<int>.Ended(new Cancelled("left")) : end, await leaving.Outcome);
            Assert.Equal(end, await first.Outcome);
        }
    }

    private static OnceKey Key(string key) => new(typeof(string), null, key);

    private static OnceCaller<int> First(OnceTable table, string key)
    {
        Assert.Equal(OnceJoin.First, table.Join(Key(key), "payload", out OnceCaller<int>? caller));
        return caller!;
    }

    private static OnceCaller<int> Joined(OnceTable table, string key)
    {
        Assert.Equal(OnceJoin.Joined, table.Join(Key(key), "payload", out OnceCaller<int>? caller));
        return caller!;
    }

    // A task that came through the door has an id.
    private static void End(OnceCaller<int> caller, TaskOutcome<int> outcome)
    {
        caller.Run.Bind(new TaskCell<string, int>(), 1);
        caller.Run.Complete(outcome);
    }

    private OnceTable Make(IdempotencySettings? settings = null) =>
        new(settings ?? new IdempotencySettings { Retention = s_retention, Outcomes = 3 }, new Clock(_time));
}
