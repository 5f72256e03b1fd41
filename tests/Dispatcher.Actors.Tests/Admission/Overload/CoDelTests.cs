using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class CoDelTests
{
    private const long Milli = TimeSpan.TicksPerMillisecond;

    private static readonly CoDelSettings s_settings = new() { Interval = TimeSpan.FromMilliseconds(100), Target = TimeSpan.FromMilliseconds(5), NewestFirst = false };

    [Fact]
    public void OnTaken_AnyWaits_DecidesAsTheModel() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, 60_000).ArrayOf(150).ToArbitrary(), steps =>
        {
            ManualTime time = new();
            CoDel watch = new(s_settings, time);
            Model model = new(time.GetTimestamp());
            foreach (int step in steps)
            {
                // Three things from one number: how far the time moves, what happens, how long the task waited.
                time.Advance(TimeSpan.FromMilliseconds(step % 40));
                long now = time.GetTimestamp();
                long wait = step / 40 % 30 * Milli;
                if (step % 11 == 0)
                {
                    watch.OnEmpty(now);
                    model.Note(0, now);
                }
                else if (watch.OnTaken(wait, 0, now, false) != model.Taken(wait, now))
                {
                    return false;
                }

                if (watch.Stands(now) != model.Stands)
                    return false;
            }

            return true;
        }));

    [Fact]
    public void Stands_NothingTakenForAnInterval_IsForgotten()
    {
        ManualTime time = new();
        CoDel watch = new(s_settings, time);
        for (int i = 0; i < 3; i++)
        {
            watch.OnTaken(20 * Milli, 0, time.GetTimestamp(), false);
            time.Advance(s_settings.Interval);
        }

        Assert.Equal(QueueDecision.Shed, watch.OnTaken(20 * Milli, 0, time.GetTimestamp(), false));
        Assert.True(watch.Stands(time.GetTimestamp()));
        time.Advance(s_settings.Interval * 2);
        Assert.False(watch.Stands(time.GetTimestamp()));
    }

    [Fact]
    public void OnTaken_ABurstThatDrains_ShedsNothing()
    {
        ManualTime time = new();
        CoDel watch = new(s_settings, time);
        // Waits go up to 50 ms and down to nothing within every interval.
        for (int i = 0; i < 1000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            long wait = Math.Max(0, 50 - (i % 100)) * Milli;
            Assert.Equal(QueueDecision.Serve, watch.OnTaken(wait, 0, time.GetTimestamp(), false));
        }
    }

    [Fact]
    public void OnTaken_SheddingBringsWaitsUnderTheTarget_GoesOnUntilTheyAreUnderHalf()
    {
        ManualTime time = new();
        CoDel watch = new(s_settings, time);
        bool[] sheds = new bool[5];
        int[] waits = [20, 20, 4, 2, 2];
        for (int i = 0; i < waits.Length; i++)
        {
            watch.OnTaken(waits[i] * Milli, 0, time.GetTimestamp(), false);
            time.Advance(s_settings.Interval);
            sheds[i] = watch.OnTaken(20 * Milli, 0, time.GetTimestamp(), false) == QueueDecision.Shed;
        }

        Assert.Equal([true, true, true, false, false], sheds);
    }

    [Fact]
    public void OnTaken_LikesAreShedAtTheDoor_ShedsTheOldThoughNothingStands()
    {
        ManualTime time = new();
        CoDel watch = new(s_settings, time);
        Assert.Equal(QueueDecision.Serve, watch.OnTaken(10 * Milli, 0, time.GetTimestamp(), true));
        Assert.Equal(QueueDecision.Shed, watch.OnTaken(11 * Milli, 0, time.GetTimestamp(), true));
    }

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(6, 4, true)]
    [InlineData(5, 5, true)]
    [InlineData(4, 6, false)]
    [InlineData(0, 10, false)]
    public void OnTaken_NewestFirst_StandsUntilMostTakesFindNobodyOld(int old, int young, bool stands)
    {
        ManualTime time = new();
        CoDel watch = new(s_settings with { NewestFirst = true }, time);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(i == 2, watch.IsNewestFirst);
            time.Advance(s_settings.Interval);
            watch.OnTaken(6 * Milli, 0, time.GetTimestamp(), false);
        }

        time.Advance(s_settings.Interval);
        for (int i = 0; i < old + young; i++)
        {
            // By chance there is none for a moment; what is taken has hardly waited.
            watch.OnEmpty(time.GetTimestamp());
            watch.OnTaken(1, i < old ? 3 * Milli : 2 * Milli, time.GetTimestamp(), false);
        }

        time.Advance(s_settings.Interval);
        watch.OnEmpty(time.GetTimestamp());
        Assert.Equal(stands, watch.IsNewestFirst);
    }

    /// <summary>Every wait of an interval in a list; the least of them decides when the next one begins; less than half the target ends it.</summary>
    private sealed class Model(long start)
    {
        private readonly List<long> _waits = [];
        private long _end = start + (100 * Milli);

        public bool Stands { get; private set; }

        public QueueDecision Taken(long wait, long now)
        {
            Note(wait, now);
            return Stands && wait > 10 * Milli ? QueueDecision.Shed : QueueDecision.Serve;
        }

        public void Note(long wait, long now)
        {
            if (now >= _end)
            {
                Stands = _waits.Count > 0 && _waits.Min() > (Stands ? 5 * Milli / 2 : 5 * Milli);
                _waits.Clear();
                _end = now + (100 * Milli);
            }

            _waits.Add(wait);
        }
    }
}
