using System.Globalization;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>What other processes take of the machine, so that a round that they disturbed can be told from one that they did not. Only Linux tells; elsewhere nobody is seen.</summary>
internal sealed class Neighbours
{
    private const string Machine = "/proc/stat", Own = "/proc/self/stat";
    private const int IdleField = 4, IoWaitField = 5, GuestField = 9; // in the first line of /proc/stat, its name included
    private const int OwnUserField = 11, OwnTimes = 4; // user, system, and both of the children; counted after the name in brackets

    private readonly bool _areVisible = File.Exists(Machine) && File.Exists(Own);
    private long _all;
    private long _busy;
    private long _own;

    /// <summary>From here on.</summary>
    public void Begin() => (_all, _busy, _own) = Read();

    /// <summary>The part of all processors that others used since <see cref="Begin"/>, 0 to 1; ticks of 10 ms, so look at 0.1 s or more.</summary>
    public double Share()
    {
        var (all, busy, own) = Read();
        return all > _all ? Math.Clamp((busy - _busy - (own - _own)) / (double)(all - _all), 0, 1) : 0;
    }

    private (long All, long Busy, long Own) Read()
    {
        if (!_areVisible) return default;
        using var machine = new StreamReader(Machine);
        var fields = machine.ReadLine()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long all = 0, idle = 0;
        for (var i = 1; i < Math.Min(fields.Length, GuestField); i++)
        {
            var ticks = long.Parse(fields[i], CultureInfo.InvariantCulture);
            all += ticks;
            if (i is IdleField or IoWaitField) idle += ticks;
        }
        var status = File.ReadAllText(Own);
        var own = status[(status.LastIndexOf(')') + 2)..].Split(' ').Skip(OwnUserField).Take(OwnTimes).Sum(static ticks => long.Parse(ticks, CultureInfo.InvariantCulture));
        return (all, all - idle, own);
    }
}
