namespace Dispatcher.Actors.Tests.Admission.Limits;

/// <summary>Several threads that begin at the same moment, each with random numbers of its own from one seed.</summary>
internal static class Crowd
{
    public static async Task Run(int threads, int seed, Action<int, Random> body)
    {
        using Barrier start = new(threads);
        Task[] all = [.. Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                body(thread, new Random((seed * 31) + thread));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Task.WhenAll(all);
    }
}
