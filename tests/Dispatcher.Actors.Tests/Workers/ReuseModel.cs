namespace Dispatcher.Actors.Tests.Workers;

/// <summary>
/// Which worker to reuse for a task (row P5 of the requirements): gain = rho (1 - beta) gamma. A worker that is warm for the task's template goes before
/// any that is not; among equals the greatest gain decides. The pools do not ask it, they agree with it: docs/adr/0013-warm-workers.md.
/// </summary>
internal static class ReuseModel
{
    /// <summary>What the reuse of a worker is worth, in the unit of the cold-start factor.</summary>
    /// <param name="density">rho: the share of its time that it has tasks, 0 to 1. A worker in use has its code and data at hand.</param>
    /// <param name="blockingRate">beta: the share of that time in which it is blocked, 0 to 1.</param>
    /// <param name="coldStartFactor">gamma: what a cold start costs more than a warm one, at least 0; such as cold time / warm time.</param>
    public static double Gain(double density, double blockingRate, double coldStartFactor) => density * (1 - blockingRate) * coldStartFactor;

    /// <summary>Chooses.</summary>
    /// <param name="workers">Those that are free.</param>
    /// <param name="template">The task's template: what its worker has to have ready.</param>
    /// <returns>The place of the worker in the list, and whether it is cold and should be warmed up in the background; -1 where none is free.</returns>
    public static (int Place, bool WarmUp) Choose(ReadOnlySpan<ReuseCandidate> workers, string template)
    {
        int best = -1;
        bool isBestWarm = false;
        for (int i = 0; i < workers.Length; i++)
        {
            bool isWarm = workers[i].WarmFor.Contains(template);
            bool isBetter = best < 0 || (isWarm != isBestWarm ? isWarm : workers[i].Gain > workers[best].Gain);
            if (!isBetter)
                continue;
            best = i;
            isBestWarm = isWarm;
        }

        return (best, best >= 0 && !isBestWarm);
    }
}

/// <summary>A free worker as <see cref="ReuseModel"/> sees it.</summary>
/// <param name="WarmFor">The templates that it has ready.</param>
/// <param name="Gain">What its reuse is worth.</param>
internal readonly record struct ReuseCandidate(IReadOnlySet<string> WarmFor, double Gain);
