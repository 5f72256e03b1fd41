using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class CoDelTests
{
    private const long Milli = TimeSpan.TicksPerMillisecond;

    private static readonly CoDelSettings s_settings = new() { Interval = TimeSpan.FromMilliseconds(100), Target = TimeSpan.FromMilliseconds(5) };

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
                else if (watch.OnTaken(wait, now) != model.Taken(wait, now))
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
            watch.OnTaken(20 * Milli, time.GetTimestamp());
            time.Advance(s_settings.Interval);
        }

        Assert.Equal(QueueDecision.Shed, watch.OnTaken(20 * Milli, time.GetTimestamp()));
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
            Assert.Equal(QueueDecision.Serve, watch.OnTaken(wait, time.GetTimestamp()));
        }
    }

    /// <summary>Every wait of an interval in a list; the least of them decides when the next one begins.</summary>
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
                Stands = _waits.Count > 0 && _waits.Min() > 5 * Milli;
                _waits.Clear();
                _end = now + (100 * Milli);
            }

            _waits.Add(wait);
        }
    }
}
