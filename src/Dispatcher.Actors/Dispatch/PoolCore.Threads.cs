using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Workers.Threads;

namespace Dispatcher.Actors.Dispatch;

/// <content>The threads of workers that have one of their own.</content>
internal sealed partial class PoolCore
{
    private int _hasWarnedOfThreads;

    /// <summary>Makes the calling thread, a worker's own, as the settings want it: on its core, nicer than others. What is not possible is warned of once.</summary>
    /// <param name="worker">The worker's number.</param>
    public void PrepareThread(int worker)
    {
        BindThread(worker);
        if (Settings.Nice > 0 && !ThreadNice.TryLower(Settings.Nice) && Interlocked.Exchange(ref _hasWarnedOfThreads, 1) == 0)
            Log.ThreadNotNice(Settings.Label, Settings.Nice);
    }

    private void BindThread(int worker)
    {
        IReadOnlyList<int> cores = Settings.Cores;
        if (cores.Count == 0)
            return;
        int core = cores[worker % cores.Count];
        if (!ThreadAffinity.TryBind(core) && Interlocked.Exchange(ref _hasWarnedOfThreads, 1) == 0)
            Log.ThreadNotBound(Settings.Label, core);
    }
}
