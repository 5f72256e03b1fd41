using System.Diagnostics;
using Dispatcher.Actors;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A task of a workload with a long tail: when it was due to come and when it was done.</summary>
internal abstract class LongTailTask(long due)
{
    public double Millis { get; private set; }

    public async ValueTask<int> RunAsync(Arrivals arrivals)
    {
        if (this is LongTask && !arrivals.Computes) await Task.Delay(TimeSpan.FromMilliseconds(Arrivals.LongMillis));
        else Burn.Run(this is LongTask ? arrivals.LongSteps : arrivals.ShortSteps);
        Millis = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        return 1;
    }
}

/// <summary>One of the many short ones.</summary>
internal sealed class ShortTask(long due) : LongTailTask(due), ITask<int>;

/// <summary>One of the few long ones.</summary>
internal sealed class LongTask(long due) : LongTailTask(due), ITask<int>;
