using System.Runtime.InteropServices;
using Akka.Actor;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>What the counting actors of one workload share: how many messages each is to get, and who waits for the last of them.</summary>
internal sealed class Tally
{
    private TaskCompletionSource _done = new();
    private int _open;

    /// <summary>Read by the actors with every message, written between rounds only.</summary>
    public int Quota { get; private set; } = int.MaxValue;

    public Task Expect(int actors, int quota)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Quota = quota;
        Volatile.Write(ref _open, actors);
        return _done.Task;
    }

    public void Reached()
    {
        if (Interlocked.Decrement(ref _open) == 0) _done.SetResult();
    }
}

/// <summary>How far one actor is, on a cache line that no other actor writes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct Handled
{
    [FieldOffset(64)]
    public long Count;
}

/// <summary>Does nothing with its messages but count them, in a field of its own.</summary>
internal sealed class CountingActor(Tally tally) : UntypedActor
{
    private int _count;

    public static Props Props(Tally tally) => Akka.Actor.Props.Create(() => new CountingActor(tally));

    protected override void OnReceive(object message)
    {
        if (++_count < tally.Quota) return;
        _count = 0;
        tally.Reached();
    }
}
