using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Workers.Traits;

public sealed class TurnMeterTests
{
    private readonly ManualTime _time = new();
    private readonly Looks _looks = new();

    [Fact]
    public void TurnsOnOtherThreads_Count_WaitsBetweenThemDoNot()
    {
        TurnMeter meter = Meter();
        TurnMeter.Current = meter;
        Pass(3);
        ExecutionContext flow = ExecutionContext.Capture()!;
        TurnMeter.Current = null;
        Pass(100);
        Thread other = new(() => ExecutionContext.Run(flow, _ => Pass(4), null));
        other.UnsafeStart();
        other.Join();

        Assert.Equal(Ticks(7), meter.End());
    }

    [Fact]
    public void RunInsideAnother_HasItsOwnTime()
    {
        TurnMeter outer = Meter(), inner = Meter();
        TurnMeter.Current = outer;
        Pass(3);
        TurnMeter.Current = inner;
        Pass(5);
        TurnMeter.Current = outer;
        Pass(2);

        Assert.Equal(Ticks(5), inner.End());
        Assert.Equal(Ticks(5), outer.End());
        TurnMeter.Current = null;
    }

    [Fact]
    public void RunHasEnded_WhatItLeftBehindIsNotMeasured()
    {
        TurnMeter meter = Meter();
        TurnMeter.Current = meter;
        ExecutionContext flow = ExecutionContext.Capture()!;
        TurnMeter.Current = null;
        meter.End();
        int looks = _looks.Count;

        ExecutionContext.Run(flow, _ => Pass(4), null);

        Assert.Equal((looks, 0), (_looks.Count, meter.End()));
    }

    [Theory]
    // Never gave its processor away: the whole turn, however little it got. Did so: what it got.
    [InlineData(1, 0, 10)]
    [InlineData(1, 2, 1)]
    public void TurnOfAThread_IsBusyAsAWholeUnlessItWaited(int cpuMillis, int waits, int expected)
    {
        TurnMeter meter = Meter();
        TurnMeter.Current = meter;
        Pass(10);
        _looks.Use = new ThreadUse(TimeSpan.FromMilliseconds(cpuMillis), waits);
        TurnMeter.Current = null;

        Assert.Equal(Ticks(expected), meter.End());
    }

    private static long Ticks(int millis) => millis * TimeSpan.TicksPerMillisecond;

    private TurnMeter Meter() => new(new Clock(_time), _looks);

    private void Pass(int millis) => _time.Advance(TimeSpan.FromMilliseconds(millis));

    private sealed class Looks : IThreadUse
    {
        public int Count { get; private set; }

        public ThreadUse Use { get; set; }

        public ThreadUse Now
        {
            get
            {
                Count++;
                return Use;
            }
        }
    }
}
