using System.Collections.Concurrent;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row F6, ordered by key: tasks of one key run one at a time in the order of their submission, whatever becomes of each; keys run in parallel.</summary>
public sealed class RowF6Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task OneKey_TasksOfAllPriorities_RunOneAtATimeInTheOrderOfSubmission()
    {
        ITaskDispatcher pool = Start(b => b.Workers(4).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [.. Enumerable.Range(0, 9).Select(i => new Work($"{i}"))];
        Task<TaskOutcome<string>>[] outcomes =
            [.. works.Select((work, i) => pool.RunAsync(work, new TaskOptions { Key = "account", Priority = (TaskPriority)(2 - (i % 3)) }).AsTask())];
        for (int i = 0; i < works.Length; i++)
        {
            await Soon(Begun(works[i]));
            await Pools[0].AwaitAsync(snapshot => snapshot is { Running: 1, WorkersIdle: 3 });
            Assert.All(works[(i + 1)..], work => Assert.False(work.Started.IsCompleted));
            Assert.Equal(works.Length - 1 - i, pool.Snapshot().Queued);
            works[i].Finish();
            Assert.True((await Soon(outcomes[i])).IsCompleted);
        }
    }

    [Fact]
    public async Task TwoKeys_OneIsBusy_TheOtherAndTasksWithoutKeyRun()
    {
        ITaskDispatcher pool = Start(b => b.Workers(3).Handle<Work, string>(Work.HandleAsync));
        Work a1 = new("a1"), a2 = new("a2"), b1 = new("b1"), free = new("free");
        Task<TaskOutcome<string>>[] outcomes =
        [
            pool.RunAsync(a1, new TaskOptions { Key = "a" }).AsTask(), pool.RunAsync(a2, new TaskOptions { Key = "a" }).AsTask(),
            pool.RunAsync(b1, new TaskOptions { Key = "b" }).AsTask(), pool.RunAsync(free).AsTask(),
        ];
        await Soon(Task.WhenAll(Begun(a1), Begun(b1), Begun(free)));
        Assert.False(a2.Started.IsCompleted);
        a1.Finish();
        await Soon(Begun(a2));
        foreach (Work work in (Work[])[a2, b1, free])
            work.Finish();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
    }

    [Theory]
    [InlineData(OutcomeKind.Completed)]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    [InlineData(OutcomeKind.Expired)]
    [InlineData(OutcomeKind.Abandoned)]
    public async Task OneKey_FirstTaskEndsInAnyWay_TheNextStartsThenAndNotBefore(OutcomeKind end)
    {
        ITaskDispatcher pool = Start(b => b.Workers(2).Concurrency(2).Set("grace", s_limit)
            .Handle<Work, string>((work, context) => work.Name == "deaf" ? Work.HandleDeafAsync(work, context) : Work.HandleAsync(work, context)));
        Work first = new(end == OutcomeKind.Abandoned ? "deaf" : "first");
        TaskHandle<string>? handle = null;
        bool wasEnded = false;
        Work second = new("second") { OnStart = () => wasEnded = handle!.Outcome.IsCompleted };
        bool hasBudget = end is OutcomeKind.Expired or OutcomeKind.Abandoned;
        handle = await pool.SubmitAsync(first, new TaskOptions { Key = "a", RunBudget = hasBudget ? s_limit : null });
        Task<TaskOutcome<string>> next = pool.RunAsync(second, new TaskOptions { Key = "a" }).AsTask();
        await Soon(Begun(first));
        if (end == OutcomeKind.Completed)
            first.Finish();
        else if (end == OutcomeKind.Failed)
            first.Fail(new InvalidOperationException("no"));
        else if (end == OutcomeKind.Cancelled)
            Assert.True(handle.TryCancel("test"));
        if (hasBudget)
            await AdvanceAsync(s_limit);
        if (end == OutcomeKind.Abandoned)
            await AdvanceAsync(s_limit);
        await Soon(Begun(second));
        Assert.True(wasEnded);
        Assert.Equal(end, (await Soon(handle.Outcome)).Kind);
        second.Finish();
        Assert.True((await Soon(next)).IsCompleted);
        first.Finish();
    }

    [Fact]
    public async Task ManyKeysAndThreads_CancelsAndFailures_EveryKeyInOrder()
    {
        const int Keys = 50, TasksAKey = 400;
        ConcurrentDictionary<string, int> running = new(), last = new();
        ConcurrentQueue<string> breaches = new();
        ITaskDispatcher pool = Start(b => b.Workers(4).Concurrency(8).Queue(Keys * TasksAKey).Handle<Numbered, int>(async (task, context) =>
        {
            if (running.AddOrUpdate(context.Key!, 1, (_, now) => now + 1) != 1)
                breaches.Enqueue($"{task} beside another one");
            if (last.GetValueOrDefault(context.Key!, -1) >= task.Number)
                breaches.Enqueue($"{task} after {last[context.Key!]}");
            last[context.Key!] = task.Number;
            try
            {
                if (task.Number % 3 == 0)
                    await Task.Yield();
                return task.Number % 7 == 0 ? throw new InvalidOperationException("no") : task.Number;
            }
            finally
            {
                running.AddOrUpdate(context.Key!, 0, (_, now) => now - 1);
            }
        }));
        // Each key has one submitter; each submitter has several keys, and cancels some tasks while others of the key come and go.
        TaskOutcome<int>[][] outcomes = await Soon(Task.WhenAll(Enumerable.Range(0, 5).Select(s => Task.Run(() => SubmitAsync(pool, s)))));
        Assert.Empty(breaches);
        PoolSnapshot end = pool.Snapshot();
        Assert.Equal(Keys * TasksAKey, outcomes.Sum(some => some.Length));
        Assert.Equal((Keys * TasksAKey, Keys * TasksAKey, 0), ((int)end.Submitted, (int)end.Ended, end.Queued));

        static async Task<TaskOutcome<int>[]> SubmitAsync(ITaskDispatcher pool, int submitter)
        {
            List<TaskHandle<int>> handles = [];
            Random random = new(submitter);
            for (int i = 0; i < TasksAKey; i++)
            {
                for (int key = 0; key < Keys / 5; key++)
                {
                    handles.Add(await pool.SubmitAsync(new Numbered(i), new TaskOptions { Key = $"{submitter}.{key}" }));
                    if (random.Next(10) == 0)
                        handles[random.Next(handles.Count)].TryCancel("test");
                }
            }

            return await Task.WhenAll(handles.Select(handle => handle.Outcome));
        }
    }

    [Fact]
    public async Task ConcurrentPerWorker_OneWorkerManyFlights_KeysInOrderAndInParallel()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Concurrency(4).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [.. Enumerable.Range(0, 8).Select(i => new Work($"{i}"))];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select((work, i) => pool.RunAsync(work, new TaskOptions { Key = $"{i % 2}" }).AsTask())];
        for (int i = 0; i < works.Length; i += 2)
        {
            await Soon(Task.WhenAll(Begun(works[i]), Begun(works[i + 1])));
            await Pools[0].AwaitAsync(snapshot => snapshot.Running == 2);
            Assert.All(works[(i + 2)..], work => Assert.False(work.Started.IsCompleted));
            works[i + 1].Finish();
            works[i].Finish();
        }

        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
    }

    private ITaskDispatcher Start(Action<TaskDispatcherBuilder> configure) => StartPool(configure).Dispatcher;

    // By a bound that no good run needs.
    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20));

    private static Task<bool> Begun(Work work) => work.Started.ContinueWith(_ => true, TaskScheduler.Default);

    private sealed record Numbered(int Number) : ITask<int>;
}
