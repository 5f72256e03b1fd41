namespace Dispatcher.Benchmarks.Peers;

/// <summary>Somebody who takes messages, waiting where a bound makes it wait.</summary>
internal interface ISink
{
    ValueTask PostAsync(object message);
}

/// <summary>The producers of fire-and-forget workloads, the same for every peer.</summary>
internal static class Producers
{
    /// <summary>The one message that all of them send: what a peer allocates is its own.</summary>
    public static readonly object Message = new();

    /// <summary>Posts <paramref name="operations"/> messages from so many tasks; done when all are posted.</summary>
    public static Task PostAsync<TSink>(TSink sink, int producers, int operations) where TSink : class, ISink
    {
        var tasks = new Task[producers];
        for (var i = 0; i < producers; i++)
        {
            var share = (int)((long)operations * (i + 1) / producers - (long)operations * i / producers);
            tasks[i] = Task.Run(() => PostAsync(sink, share));
        }
        return Task.WhenAll(tasks);
    }

    private static async Task PostAsync<TSink>(TSink sink, int operations) where TSink : class, ISink
    {
        for (var i = 0; i < operations; i++)
        {
            var posted = sink.PostAsync(Message);
            if (!posted.IsCompletedSuccessfully) await posted;
        }
    }
}
