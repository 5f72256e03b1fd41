using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission;

/// <summary>A pool's queue that is served newest first while it stands: order, what is shed, what is ended in it. Target 5 ms, interval 20 ms.</summary>
public sealed class NewestFirstTests
{
    private readonly ManualTime _time = new();
    private readonly PoolCore _core;
    private readonly TaskRoute<string, int> _route;
    private readonly List<(string Task, TaskHandle<int> Handle)> _submitted = [];

    public NewestFirstTests()
    {
        _core = Core(FullPolicy.Refuse);
        _route = TestCells.Route(_core);
    }

    [Fact]
    public void TryTake_TheQueueDoesNotStand_OldestFirst()
    {
        Submit("a", "b", "c");
        Assert.Equal(["a", "b", "c"], TakeAll());
    }

    [Fact]
    public void TryTake_TheQueueStands_WhatCameBeforeThenTheNewestFirst()
    {
        LetItStand("old");
        Submit("a", "b", "c");
        Assert.Equal(["old", "c", "b", "a"], TakeAll());
        Assert.Equal(0, _core.Shared.Queue.Depth);
    }

    [Fact]
    public void TryTake_TheQueueStands_OtherClassesAreAsTheyWere()
    {
        LetItStand();
        Submit(TaskPriority.P0, "u1", "u2");
        Submit("a", "b");
        Submit(TaskPriority.P2, "x", "y");
        Assert.Equal(["u1", "u2", "b", "a", "x", "y"], TakeAll());
    }

    [Fact]
    public void TryTake_TheOldestAreTooOld_AreShedAndTheNewestIsServed()
    {
        LetItStand();
        Submit("a", "b");
        Pass(6);
        Submit("c");
        Pass(5);
        Submit("d");
        Assert.Equal(["d", "c"], TakeAll());
        Assert.Equal(["a", "b"], Of(RejectReason.Shed));
    }

    [Fact]
    public void TryTake_TheNewestHardlyWait_TheQueueStandsUntilTheOldestDoNotWaitEither()
    {
        LetItStand();
        for (int i = 0; i < 100; i++)
        {
            // Two come and one is served; the other is too old in the end.
            Submit($"a{i}", $"b{i}");
            if (i >= 5)
                Assert.Equal($"b{i}", Take());
            Pass(1);
        }

        // Nothing comes any more.
        Assert.True(TakeAll().Count > 5);
        LetItEnd();
        Submit("c", "d");
        Assert.Equal(["c", "d"], TakeAll());
    }

    [Fact]
    public void TryTake_TheQueueStandsNoMore_WhatIsLeftIsServedFirstAndOldestFirst()
    {
        LetItStand();
        Submit("a", "b", "c");
        LetItEnd();
        Submit("d", "e");
        Assert.Equal(["a", "b", "c", "d", "e"], TakeAll(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Cancel_OfTasksInIt_FreesTheirPlacesAndTheyAreNeverTaken()
    {
        LetItStand();
        using CancellationTokenSource source = new();
        Task<TaskOutcome<int>> cancelled = Run("gone", new TaskOptions(), source.Token);
        Submit("a");
        source.Cancel();
        Assert.Equal(1, _core.Shared.Queue.Depth);
        Assert.Equal(["a"], TakeAll());
        Assert.Equal(OutcomeKind.Cancelled, (await cancelled).Kind);
        Assert.False(_core.Shared.IsClaimed);
    }

    [Fact]
    public void Cancel_AHundredThousandWithNobodyTaking_StaysBoundedAndKeepsTheOthersInOrder()
    {
        LetItStand();
        Submit("first");
        for (int i = 0; i < 100_000; i++)
        {
            using CancellationTokenSource source = new();
            Run("gone", new TaskOptions(), source.Token);
            source.Cancel();
            if (i == 49_999)
                Submit("second");
        }

        Assert.Equal(2, _core.Shared.Queue.Depth);
        Assert.Equal(["second", "first"], TakeAll());
        Assert.Equal(100_000, _core.Counters.Of(OutcomeKind.Cancelled));
    }

    [Fact]
    public void Sweep_ADeadlinePasses_TheTaskExpiresInIt()
    {
        LetItStand();
        Submit("a");
        Run("due", new TaskOptions { Deadline = TimeSpan.FromMilliseconds(3) });
        Submit("b");
        _core.Sweep();
        Pass(3);
        Assert.Equal(_time.GetTimestamp(), _core.NextSweep);
        _core.Sweep();
        Assert.Equal(2, _core.Shared.Queue.Depth);
        Assert.Equal(["b", "a"], TakeAll());
        Assert.Equal(1, _core.Counters.Of(OutcomeKind.Expired));
    }

    [Fact]
    public void TryReserve_OneBound_HoldsForBothParts()
    {
        LetItStand("a", "b");
        Submit([.. Enumerable.Range(0, 40).Select(i => $"{i}")]);
        Assert.Equal(32, _core.Shared.Queue.Depth);
        Assert.Equal(10, _core.Counters.Of(RejectReason.QueueFull));
    }

    [Fact]
    public void DropOldest_TheQueueStands_TheOldestOfTheLowestClassGoes()
    {
        PoolCore core = Core(FullPolicy.DropOldest);
        TaskRoute<string, int> route = TestCells.Route(core);
        LetItStand(core, route, TaskPriority.P2);
        Submit(route, TaskPriority.P2, [.. Enumerable.Range(0, 30).Select(i => $"x{i}")]);
        Submit(route, TaskPriority.P1, "a", "b", "c");
        Submit(route, TaskPriority.P0, "u");
        Assert.Equal(["x0", "x1"], Of(RejectReason.Shed));
    }

    [Fact]
    public void Close_TasksInIt_EachIsRejectedOnce()
    {
        LetItStand("a");
        Submit("b", "c");
        _core.Close();
        Assert.Equal(["a", "b", "c"], Of(RejectReason.Stopped).Order());
        Assert.Equal(0, _core.Shared.Queue.Depth);
    }

    private PoolCore Core(FullPolicy fullPolicy) => TestCells.Core(
        TestCells.Settings with
        {
            QueueCapacity = 32,
            FullPolicy = fullPolicy,
            Admission = new AdmissionSettings
            {
                CoDel = new CoDelSettings { Interval = TimeSpan.FromMilliseconds(20), Target = TimeSpan.FromMilliseconds(5), NewestFirst = true },
            },
        },
        _time);

    // A task that has waited for 8 ms was the luckiest of an interval.
    private void LetItStand(params string[] before) => LetItStand(_core, _route, TaskPriority.P1, before);

    private void LetItStand(PoolCore core, TaskRoute<string, int> route, TaskPriority priority, params string[] before)
    {
        Pass(20);
        NoteAWait(core, priority);
        Pass(20);
        Submit(route, priority, before);
        NoteAWait(core, priority);
        Assert.True(core.Gate!.NewestFirst![(int)priority].IsNewestFirst);
    }

    // An interval in which workers find nothing.
    private void LetItEnd()
    {
        for (int i = 0; i < 2; i++)
        {
            Pass(20);
            _core.Gate!.OnEmpty();
        }
    }

    private void NoteAWait(PoolCore core, TaskPriority priority)
    {
        AdmissionTicket ticket = new() { EnteredAt = _time.GetTimestamp() - (8 * TimeSpan.TicksPerMillisecond) };
        core.Gate!.OnTaken(priority, ref ticket);
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private void Submit(params string[] tasks) => Submit(TaskPriority.P1, tasks);

    private void Submit(TaskPriority priority, params string[] tasks) => Submit(_route, priority, tasks);

    private void Submit(TaskRoute<string, int> route, TaskPriority priority, params string[] tasks)
    {
        foreach (string task in tasks)
        {
            route.TrySubmit(task, new TaskOptions { Priority = priority }, out TaskHandle<int> handle);
            _submitted.Add((task, handle));
        }
    }

    private Task<TaskOutcome<int>> Run(string task, TaskOptions options, CancellationToken token = default) => _route.RunAsync(task, options, token).AsTask();

    private string? Take() => _core.Shared.TryTake(0, out TaskCell? cell) ? ((TaskCell<string, int>)cell).Task : null;

    private List<string> TakeAll()
    {
        List<string> taken = [];
        while (Take() is { } task)
            taken.Add(task);
        return taken;
    }

    private List<string> Of(RejectReason reason) => [.. _submitted.Where(entry => IsRejected(entry.Handle, reason)).Select(entry => entry.Task)];

    private static bool IsRejected(TaskHandle<int> handle, RejectReason reason) =>
        handle.Outcome.IsCompleted && handle.Outcome.GetAwaiter().GetResult().Detail is Rejected rejected && rejected.Reason == reason;
}
