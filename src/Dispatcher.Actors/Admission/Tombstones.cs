namespace Dispatcher.Actors.Admission;

/// <summary>
/// How many tasks of each class were ended in a queue and still lie there. There is room for so many; the one who would leave one too many sweeps first.
/// </summary>
internal sealed class Tombstones
{
    private readonly int[] _counts = new int[PriorityOrder.Classes];
    private readonly int[] _sweeping = new int[PriorityOrder.Classes];
    private readonly int _room;
    private readonly Action<int> _sweep;

    /// <summary>Makes the count of a queue without any.</summary>
    /// <param name="room">How many of a class it has room for.</param>
    /// <param name="sweep">Takes those of a class out.</param>
    public Tombstones(int room, Action<int> sweep)
    {
        _room = room;
        _sweep = sweep;
    }

    /// <summary>A task was ended in the queue.</summary>
    /// <param name="c">Its class.</param>
    /// <returns>Whether the queue was swept for it.</returns>
    public bool Add(int c)
    {
        bool swept = false;
        SpinWait spin = default;
        while (true)
        {
            int count = Volatile.Read(ref _counts[c]);
            if (count < _room)
            {
                if (Interlocked.CompareExchange(ref _counts[c], count + 1, count) == count)
                    return swept;
            }
            else if (Interlocked.Exchange(ref _sweeping[c], 1) == 0)
            {
                _sweep(c);
                Volatile.Write(ref _sweeping[c], 0);
                swept = true;
            }
            else
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>A tombstone was taken out.</summary>
    /// <param name="c">Its class.</param>
    public void Remove(int c) => Interlocked.Decrement(ref _counts[c]);
}
