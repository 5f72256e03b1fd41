using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Work for a processor: a number of steps, not a stretch of the clock, so that a neighbour on the machine makes it longer for every peer.</summary>
internal static class Burn
{
    private static readonly double StepsPerMicro = Calibrate();

    private static long _sink;

    /// <summary>How many steps make so many microseconds on a free processor.</summary>
    public static int Steps(double micros) => (int)(micros * StepsPerMicro);

    // Optimized from the start: or it would get faster after it was calibrated.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int steps)
    {
        var x = 88172645463325252UL + (ulong)steps;
        for (var i = 0; i < steps; i++)
        {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
        }
        if (x == 0) _sink++;
    }

    /// <summary>How many microseconds that takes just now, on all processors at once.</summary>
    public static double Micros(int steps)
    {
        const int Runs = 400;
        var took = new double[Environment.ProcessorCount * Runs];
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(processor => new Thread(() =>
        {
            for (var i = 0; i < Runs; i++)
            {
                var began = Stopwatch.GetTimestamp();
                Run(steps);
                took[(processor * Runs) + i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Array.Sort(took);
        return took[took.Length / 2];
    }

    // The best of many: the others were disturbed.
    private static double Calibrate()
    {
        const int Steps = 20_000;
        var best = double.MaxValue;
        for (var i = 0; i < 200; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Run(Steps);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        return Steps / best;
    }
}
