using System.Collections.Concurrent;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Threads;

/// <summary>Two clients race for the same task, one that cancels it against the handler that completes it: one of them wins, and both know which.</summary>
public sealed class CancelRaceTests : PoolTest
{
    private const int Races = 100_000;

    [Fact]
    public async Task CancelAgainstCompletion_AHundredThousandTimes_OneWinnerEach()
    {
        TaskCompletionSource<int>[] promises = [.. Enumerable.Range(0, Races).Select(static _ => new TaskCompletionSource<int>())];
        TaskCompletionSource[] starts = [.. Enumerable.Range(0, Races).Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        ITaskDispatcher pool = Start(b => b.Workers(2).Concurrency(16).Queue(64, FullPolicy.Wait).Handle<SoakTask, int>(async (task, context) =>
        {
            starts[task.Number].SetResult();
            // The client's word or the token: whichever comes first is the handler's answer.
            await using CancellationTokenRegistration asked = context.CancellationToken.UnsafeRegister(
                static (state, token) => ((TaskCompletionSource<int>)state!).TrySetCanceled(token), promises[task.Number]);
            return await promises[task.Number].Task.ConfigureAwait(false);
        }));
        long completed = 0, cancelled = 0, asks = 0;
        ConcurrentQueue<string> unexpected = [];
        await Soon(Task.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(lane => Task.Run(() => RaceAsync(lane))));
            return true;
        }));

        PoolSnapshot end = pool.Snapshot();
        Assert.True(unexpected.IsEmpty, string.Join(Environment.NewLine, unexpected.Take(10)));
        Assert.Equal(Races, completed + cancelled);
        Assert.Equal((completed, cancelled, Races), (end.Completed, end.Cancelled, end.Submitted));
        Assert.True(asks >= cancelled, $"{asks} requests to cancel counted, {cancelled} tasks were cancelled");
        Assert.True(completed > 0 && cancelled > 0, $"{completed} to {cancelled} is no race");

        async Task RaceAsync(int lane)
        {
            for (int number = lane; number < Races; number += 16)
            {
                TaskHandle<int> handle = await pool.SubmitAsync(new SoakTask(number)).ConfigureAwait(false);
                int own = number;
                // Half of them race in the handler, the others anywhere from the queue on.
                if (number % 4 < 2)
                    await starts[number].Task.ConfigureAwait(false);
                // Either client starts first half of the times.
                Task<bool> other = Task.Run(() => own % 2 == 0 ? handle.TryCancel("client") : promises[own].TrySetResult(own));
                bool mine = own % 2 == 0 ? promises[own].TrySetResult(own) : handle.TryCancel("client");
                bool counts = own % 2 == 0 ? await other.ConfigureAwait(false) : mine;
                await other.ConfigureAwait(false);
                TaskOutcome<int> outcome = await handle.Outcome.ConfigureAwait(false);
                Interlocked.Add(ref asks, counts ? 1 : 0);
                if (outcome.IsCompleted && outcome.Result == own)
                    Interlocked.Increment(ref completed);
                else if (counts && outcome.Detail is Cancelled { By: "client" })
                    Interlocked.Increment(ref cancelled);
                else
                    unexpected.Enqueue($"Task {own}: {outcome}, {(counts ? "the request to cancel counted" : "nobody had cancelled it")}.");
            }
        }
    }
}
