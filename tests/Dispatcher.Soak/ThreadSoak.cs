using System.Globalization;
using Dispatcher.Actors.Tests.Threads;

namespace Dispatcher.Soak;

/// <summary>The run on real threads.</summary>
internal static class ThreadSoak
{
    /// <summary>Runs.</summary>
    /// <param name="tasks">How many tasks.</param>
    /// <param name="output">For results.</param>
    /// <param name="error">For progress.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(int tasks, TextWriter output, TextWriter error)
    {
        ThreadRun run = new(tasks);
        IReadOnlyList<string> breaches;
        TimeSpan took;
        using (Progress progress = new(error, tasks, "tasks", () => run.Told))
        {
            breaches = await run.RunAsync();
            took = progress.Elapsed;
        }

        foreach (string breach in breaches)
            await output.WriteLineAsync(breach);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{tasks:N0} tasks in {took:h\\:mm\\:ss}, {run.Resizes} resizes, 2 pools: {run.Pools.Sum(p => p.Completed):N0} completed, {run.Pools.Sum(p => p.Failed):N0} failed, {run.Pools.Sum(p => p.Cancelled):N0} cancelled, {run.Pools.Sum(p => p.Rejected):N0} rejected, {run.Pools.Sum(p => p.Abandoned):N0} abandoned"));
        await output.WriteLineAsync(breaches.Count == 0 ? "one outcome each, all sums add up" : $"{breaches.Count} things do not fit");
        return breaches.Count == 0 ? SoakCommand.Ok : SoakCommand.Failed;
    }
}
