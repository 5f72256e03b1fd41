namespace Dispatcher.Simulation;

/// <summary>A bounded queue, first in, first out.</summary>
internal sealed class TaskQueue
{
    private readonly SimulatedTask[] _ring;
    private int _first;

    public TaskQueue(int capacity) => _ring = new SimulatedTask[capacity];

    public int Count { get; private set; }

    public SimulatedTask Peek() => _ring[_first];

    public bool TryAdd(SimulatedTask task)
    {
        if (Count == _ring.Length)
            return false;
        _ring[(_first + Count++) % _ring.Length] = task;
        return true;
    }

    public bool TryTake(out SimulatedTask task)
    {
        task = _ring[_first];
        if (Count == 0)
            return false;
        _first = (_first + 1) % _ring.Length;
        Count--;
        return true;
    }
}
