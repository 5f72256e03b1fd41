namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>What may happen, drawn by weight.</summary>
internal sealed class DeedTable
{
    private readonly Random _random;
    private readonly Action[] _all;
    private readonly Action[] _others;

    public DeedTable(Random random, IEnumerable<Deed> deeds)
    {
        _random = random;
        Deed[] list = [.. deeds];
        _all = [.. list.SelectMany(deed => Enumerable.Repeat(deed.Do, deed.Weight))];
        _others = [.. list.Where(deed => deed.IsOfOthers).SelectMany(deed => Enumerable.Repeat(deed.Do, deed.Weight))];
    }

    /// <summary>Something happens.</summary>
    public void Any() => _all[_random.Next(_all.Length)]();

    /// <summary>Another thread does something.</summary>
    public void OfOthers() => _others[_random.Next(_others.Length)]();
}
