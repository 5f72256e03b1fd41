using System.Diagnostics;
using Dispatcher.Actors;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A task of an overload, and what became of it. Made before the round, so that the books of the benchmark are no garbage of a peer's.</summary>
internal abstract class OverloadTask : ITask<int>
{
    public required TaskPriority Priority { get; init; }

    /// <summary>When it was due to come, was submitted, was begun and was done, and when its caller was told: timestamps. 0 for what did not happen.</summary>
    public long DueAt { get; set; }
    public long SubmittedAt { get; set; }
    public long BegunAt { get; private set; }
    public long DoneAt { get; private set; }
    public long ToldAt { get; private set; }

    /// <summary>How often its caller was told an outcome.</summary>
    public int Outcomes { get; private set; }

    /// <summary>Whether the outcome was a refusal.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether its caller was told once, and the truth.</summary>
    public bool IsTold => Outcomes == 1 && IsRefused == (DoneAt == 0);

    public double Millis => Between(DueAt, ToldAt);
    public double LateMillis => Between(DueAt, SubmittedAt);
    public double WaitMillis => Between(SubmittedAt, BegunAt);
    public double RunMillis => Between(BegunAt, DoneAt);
    public double ReplyMillis => Between(DoneAt, ToldAt);

    public int Run(int steps)
    {
        BegunAt = Stopwatch.GetTimestamp();
        Burn.Run(steps);
        DoneAt = Stopwatch.GetTimestamp();
        return 1;
    }

    public void Tell(bool isRefused)
    {
        IsRefused = isRefused;
        if (!isRefused) ToldAt = Stopwatch.GetTimestamp();
        Outcomes++;
    }

    private static double Between(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
