using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Scaling;

/// <summary>Makes a sample of a pool's load at each tick, from what the pool counts. Not for several threads.</summary>
internal sealed class PoolSampler
{
    // A 99th percentile of fewer tasks is the luck of one of them; a quiet pool's figures reach back this many ticks at most to find more.
    private const int EnoughTasks = 100;
    private const int MaxTicks = 5;

    // By then every estimate of a policy has come down to nothing.
    private const int TicksToRest = 30;

    private static readonly double[] s_quantiles = [0.5, 0.95, 0.99];

    // One for all pools whose ticks a thread runs, and for all three times: only in use within one call of Sample, which neither waits nor calls anybody
    // who might sample. A thousand samplers with their own would share no cache line with the last tick.
    [ThreadStatic]
    private static HistogramSnapshot? t_sum;

    private readonly IPoolGauge _gauge;
    private readonly TimeProvider _time;
    private readonly RateWindow _offered;
    private readonly RateWindow _refused;
    private readonly RateWindow _ended;
    private readonly HistogramWindow _wait;
    private readonly HistogramWindow _run;
    private readonly HistogramWindow _latency;
    private PoolReading _reading;
    private TimeSpan _interval;
    private long _last;
    private int _quietTicks;

    /// <summary>Makes a sampler. The first tick begins now.</summary>
    /// <param name="gauge">The pool.</param>
    /// <param name="time">Where the time comes from.</param>
    public PoolSampler(IPoolGauge gauge, TimeProvider time)
    {
        _gauge = gauge;
        _time = time;
        _offered = new RateWindow(1, time.TimestampFrequency);
        _refused = new RateWindow(1, time.TimestampFrequency);
        _ended = new RateWindow(1, time.TimestampFrequency);
        _wait = new HistogramWindow(gauge.Meter.Wait, MaxTicks);
        _run = new HistogramWindow(gauge.Meter.Run, MaxTicks);
        _latency = new HistogramWindow(gauge.Meter.Latency, MaxTicks);
        _last = time.GetTimestamp();
        AdvanceRates(gauge.Read());
    }

    /// <summary>
    /// Whether the pool has its fewest workers and nothing was in it for so long that a policy has nothing to learn: every tick would be as the last one.
    /// A thousand such pools must cost next to nothing.
    /// </summary>
    /// <param name="least">Its fewest workers.</param>
    public bool IsAtRest(int least) => _quietTicks > TicksToRest && _reading.Workers == least && _reading.Desired == least;

    /// <summary>Ends a tick.</summary>
    public void Advance()
    {
        long now = _time.GetTimestamp();
        _interval = _time.GetElapsedTime(_last, now);
        _last = now;
        _reading = _gauge.Read();
        AdvanceRates(_reading);
        bool isQuiet = _offered.Added == 0 && _ended.Added == 0 && _reading.Running == 0 && _reading.Queued == 0;
        _quietTicks = isQuiet ? _quietTicks + 1 : 0;
        // One more full look after the last task: it may have been recorded after it was counted. And none when the windows are empty anyway.
        if (_quietTicks > MaxTicks + 1)
            return;
        AdvanceWindows(isIdle: _quietTicks > 1);
    }

    /// <summary>The tick that has ended.</summary>
    /// <param name="cpuShare">How much of its processor time the process uses, 0 to 1; null when nobody knows.</param>
    public PoolSample Sample(double? cpuShare = null)
    {
        PoolReading reading = _reading;
        HistogramSnapshot scratch = t_sum ??= new HistogramSnapshot();
        Span<TimeSpan> waits = stackalloc TimeSpan[s_quantiles.Length];
        HistogramSnapshot sum = _wait.NewestOf(EnoughTasks, scratch);
        sum.Quantiles(s_quantiles, waits);
        long started = sum.Count;
        Span<TimeSpan> runs = stackalloc TimeSpan[s_quantiles.Length];
        sum = _run.NewestOf(EnoughTasks, scratch);
        sum.Quantiles(s_quantiles, runs);
        (long ended, TimeSpan runMean) = (sum.Count, sum.Mean);
        return new PoolSample
        {
            Interval = _interval,
            OfferedPerSecond = _offered.PerSecond(),
            RefusedPerSecond = _refused.PerSecond(),
            CompletedPerSecond = _ended.PerSecond(),
            Started = started,
            WaitP50 = waits[0],
            WaitP95 = waits[1],
            WaitP99 = waits[2],
            Ended = ended,
            RunMean = runMean,
            RunP50 = runs[0],
            RunP95 = runs[1],
            RunP99 = runs[2],
            LatencyP99 = _latency.NewestOf(EnoughTasks, scratch).Quantile(0.99),
            Workers = reading.Workers,
            Desired = reading.Desired,
            Concurrency = _gauge.Concurrency,
            Running = reading.Running,
            Queued = reading.Queued,
            OldestWait = reading.OldestWait,
            CpuShare = cpuShare,
        };
    }

    private void AdvanceRates(PoolReading reading)
    {
        _offered.Advance(_last, reading.Offered);
        _refused.Advance(_last, reading.Refused);
        _ended.Advance(_last, reading.Ended);
    }

    private void AdvanceWindows(bool isIdle)
    {
        if (isIdle)
        {
            _wait.AdvanceIdle();
            _run.AdvanceIdle();
            _latency.AdvanceIdle();
            return;
        }

        _wait.Advance();
        _run.Advance();
        _latency.Advance();
    }
}
