using System.Collections.Concurrent;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Tests.Admission.Limits;

public sealed class BoundedKeyMapTests
{
    [Fact]
    public void Find_KnownKey_IsTheSameEntry()
    {
        BoundedKeyMap<Entry> map = Make(2);
        Assert.Same(map.Find("a", 0), map.Find("a", 0));
        Assert.Equal(1, map.Count);
    }

    [Fact]
    public void Find_NoRoomAndNobodyLetsGo_IsNothingAndCounted()
    {
        BoundedKeyMap<Entry> map = Make(2);
        map.Find("a", 0);
        map.Find("b", 0);
        Assert.Null(map.Find("c", 0));
        Assert.Equal(1, map.TurnedAway);
        Assert.Null(map.Peek("c"));
        Assert.NotNull(map.Peek("a"));
    }

    [Fact]
    public void Find_OneLetsGo_ItsPlaceIsTaken()
    {
        BoundedKeyMap<Entry> map = Make(3);
        map.Find("a", 0);
        Entry b = map.Find("b", 0)!;
        map.Find("c", 0);
        b.IsIdle = true;
        Assert.NotNull(map.Find("d", 0));
        Assert.Null(map.Peek("b"));
        Assert.Equal(3, map.Count);
        Assert.True(b.IsClosed);
    }

    [Fact]
    public void Find_ManyKeysThatDoNotLetGo_LooksAtAFewOnly()
    {
        BoundedKeyMap<Entry> map = Make(1000);
        for (int i = 0; i < 1000; i++)
            map.Find($"{i}", 0);
        Entry last = map.Peek("999")!;
        last.IsIdle = true;
        // The hand comes to it after as many newcomers as it takes.
        int turnedAway = 0;
        while (map.Find($"new {turnedAway}", 0) == null)
            turnedAway++;
        Assert.Equal((1000 / BoundedKeyMap<Entry>.Looks) + (1000 % BoundedKeyMap<Entry>.Looks == 0 ? -1 : 0), turnedAway);
    }

    [Fact]
    public async Task Find_ManyThreadsBringTheSameKeys_OneEntryEach()
    {
        BoundedKeyMap<Entry> map = Make(500);
        ConcurrentDictionary<Entry, string> entries = new();
        await Crowd.Run(6, 1, (_, random) =>
        {
            for (int i = 0; i < 5000; i++)
            {
                string key = $"{random.Next(500)}";
                entries.TryAdd(map.Find(key, 0)!, key);
            }
        });
        Assert.Equal(entries.Count, entries.Values.Distinct().Count());
        int visited = 0;
        map.ForEach(_ => visited++);
        Assert.Equal(map.Count, visited);
    }

    private static BoundedKeyMap<Entry> Make(int capacity) => new(capacity, static (key, _) => new Entry(key));

    private sealed class Entry(string key) : KeyEntry(key)
    {
        public bool IsIdle { get; set; }

        public bool IsClosed { get; private set; }

        public override bool TryClose(long now) => IsClosed = IsIdle;
    }
}
