using System.Diagnostics;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Peers;

/// <summary>Somebody who answers.</summary>
internal interface IAnswer
{
    ValueTask<object> AskAsync(object question);
}

/// <summary>The callers of request-and-reply workloads, the same for every peer: each asks, waits for the answer, and asks again.</summary>
internal static class Callers
{
    public static Task AskAsync<TAnswer>(TAnswer answer, int callers, Round round) where TAnswer : class, IAnswer
    {
        var latencies = round.Latencies ?? throw new ArgumentException("Request and reply needs a column for latencies.", nameof(round));
        var tasks = new Task[callers];
        for (var i = 0; i < callers; i++)
        {
            var own = latencies.Of(i, callers);
            tasks[i] = Task.Run(() => AskAsync(answer, own));
        }
        return Task.WhenAll(tasks);
    }

    private static async Task AskAsync<TAnswer>(TAnswer answer, Memory<uint> latencies) where TAnswer : class, IAnswer
    {
        var before = Stopwatch.GetTimestamp();
        for (var i = 0; i < latencies.Length; i++)
        {
            await answer.AskAsync(Producers.Message);
            var after = Stopwatch.GetTimestamp();
            latencies.Span[i] = Latencies.NanosBetween(before, after);
            before = after;
        }
    }
}
