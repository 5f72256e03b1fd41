using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// Counts what comes and what leaves, for the control loop's next look. Lock-free; threads count in places of their own, as far as there are
/// enough of them.
/// </summary>
internal sealed class LoadRecorder
{
    private const int MaxStripes = 16;

    private readonly Stripe[] _stripes;
    private readonly int _mask;
    private LoadCounts _taken;

    /// <summary>Makes a recorder.</summary>
    public LoadRecorder()
    {
        int stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxStripes));
        _stripes = new Stripe[stripes];
        _mask = stripes - 1;
    }

    private ref Stripe Mine => ref _stripes[Environment.CurrentManagedThreadId & _mask];

    /// <summary>A task has come.</summary>
    /// <param name="priority">Its class.</param>
    public void CountOffered(TaskPriority priority)
    {
        ref Stripe mine = ref Mine;
        Interlocked.Increment(ref priority == TaskPriority.P0 ? ref mine.P0 : ref priority == TaskPriority.P1 ? ref mine.P1 : ref mine.P2);
    }

    /// <summary>A handler has run a task to its end.</summary>
    /// <param name="run">How long it ran, in timestamp units.</param>
    public void CountServed(long run)
    {
        ref Stripe mine = ref Mine;
        Interlocked.Increment(ref mine.Served);
        Interlocked.Add(ref mine.Run, run);
    }

    /// <summary>A task ran out of time.</summary>
    public void CountDrop() => Interlocked.Increment(ref Mine.Drops);

    /// <summary>What was counted since the last call. For one caller.</summary>
    public LoadCounts Take()
    {
        LoadCounts now = default;
        foreach (ref Stripe stripe in _stripes.AsSpan())
        {
            now.P0 += Volatile.Read(ref stripe.P0);
            now.P1 += Volatile.Read(ref stripe.P1);
            now.P2 += Volatile.Read(ref stripe.P2);
            now.Served += Volatile.Read(ref stripe.Served);
            now.Run += Volatile.Read(ref stripe.Run);
            now.Drops += Volatile.Read(ref stripe.Drops);
        }

        LoadCounts since = now.Minus(_taken);
        _taken = now;
        return since;
    }

    // The counts and more than as much again between two stripes: the processor fetches lines in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Stripe
    {
        public long P0;
        public long P1;
        public long P2;
        public long Served;
        public long Run;
        public long Drops;
    }
}
