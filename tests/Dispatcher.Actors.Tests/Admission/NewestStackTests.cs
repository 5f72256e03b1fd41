using System.Collections.Concurrent;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Tests.Admission.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class NewestStackTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 30) + 1)]
    public void Constructor_SizeOutOfRange_Throws(int minimum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NewestStack<string>(minimum));

    [Fact]
    public void Stack_AnyOrder_DoesWhatTheModelDoes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, 4).ArrayOf(300).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (steps, size) =>
        {
            NewestStack<string> stack = new(size);
            List<(string Item, long Stamp)> model = [];
            for (int i = 0; i < steps.Length; i++)
            {
                if (steps[i] > 2 && model.Count < size)
                {
                    stack.Push($"{i}", 100 + i);
                    model.Add(($"{i}", 100 + i));
                }
                else if (steps[i] == 1)
                {
                    bool has = stack.TryPop(out string? item);
                    if (has != model.Count > 0 || (has && item != model[^1].Item))
                        return false;
                    if (has)
                        model.RemoveAt(model.Count - 1);
                }
                else
                {
                    bool has = stack.TryTakeOldest(out string? item, out long stamp);
                    if (has != model.Count > 0 || (has && (item, stamp) != model[0]))
                        return false;
                    if (has)
                        model.RemoveAt(0);
                }

                if (stack.Count != model.Count || stack.OldestStamp != model.FirstOrDefault().Stamp || !Seen(stack).SequenceEqual(model.Select(entry => entry.Item)))
                    return false;
            }

            return true;
        }));

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(2, 3, 30)]
    [InlineData(3, 64, 30)]
    [InlineData(4, 64, 100)]
    public async Task Stack_ManyThreads_EveryItemOnceAndNoneLeft(int seed, int size, int percentFromBelow)
    {
        const int Pushers = 3, Takers = 3, PerPusher = 5_000;
        NewestStack<Tuple<int, int>> stack = new(size);
        ConcurrentBag<List<Tuple<int, int>>> all = [];
        int room = size, taken = 0;
        await Crowd.Run(Pushers + Takers, seed, (thread, random) =>
        {
            SpinWait spin = default;
            if (thread < Pushers)
            {
                for (int i = 0; i < PerPusher; i++)
                {
                    while (Interlocked.Decrement(ref room) < 0)
                    {
                        Interlocked.Increment(ref room);
                        spin.SpinOnce(sleep1Threshold: -1);
                    }

                    stack.Push(new Tuple<int, int>(thread, i), i);
                }

                return;
            }

            List<Tuple<int, int>> own = [];
            while (Volatile.Read(ref taken) < Pushers * PerPusher)
            {
                bool has = random.Next(100) < percentFromBelow ? stack.TryTakeOldest(out Tuple<int, int>? item, out _) : stack.TryPop(out item);
                if (!has)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                    continue;
                }

                own.Add(item!);
                Interlocked.Increment(ref taken);
                Interlocked.Increment(ref room);
            }

            all.Add(own);
        });

        Assert.Equal(Pushers * PerPusher, all.SelectMany(own => own).Distinct().Count());
        Assert.Equal((Pushers * PerPusher, 0, 0), (taken, stack.Count, stack.OldestStamp));
    }

    private static List<string> Seen(NewestStack<string> stack)
    {
        List<string> seen = [];
        for (uint p = stack.Oldest; stack.IsBelowTop(p); p++)
            seen.Add(stack.PeekAt(p)!);
        return seen;
    }
}
