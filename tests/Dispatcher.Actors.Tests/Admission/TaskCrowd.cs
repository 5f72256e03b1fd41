using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Admission.Limits;

namespace Dispatcher.Actors.Tests.Admission;

/// <summary>Many threads on either side of a pool's queue: some submit, the others take, until every task was taken or has its outcome.</summary>
internal static class TaskCrowd
{
    public const int Submitted = Submitters * PerSubmitter;

    private const int Submitters = 4, Takers = 3, PerSubmitter = 10_000;

    /// <summary>Runs it.</summary>
    /// <returns>How many tasks were taken.</returns>
    public static async Task<long> RunAsync(PoolCore core, int seed, Action<Random> submit)
    {
        long taken = 0;
        int submitting = Submitters;
        await Crowd.Run(Submitters + Takers, seed, (thread, random) =>
        {
            if (thread < Submitters)
            {
                for (int i = 0; i < PerSubmitter; i++)
                    submit(random);
                Interlocked.Decrement(ref submitting);
                return;
            }

            SpinWait spin = default;
            for (uint look = (uint)thread; Volatile.Read(ref submitting) > 0 || core.Submitted > core.Counters.Total + Volatile.Read(ref taken); look++)
            {
                if (core.Shared.TryTake(look, out _))
                    Interlocked.Increment(ref taken);
                else
                    spin.SpinOnce(sleep1Threshold: -1);
            }
        });
        return taken;
    }
}
