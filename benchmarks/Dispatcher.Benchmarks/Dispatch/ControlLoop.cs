using Akka.Actor;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What it costs that a thousand pools find their size by themselves: at rest, the whole process; busy, the ticks alone.</summary>
internal static class ControlLoop
{
    private const int Pools = 1000;
    private const string AtRest = "pools at rest";
    private const string Busy = "ticks of busy pools";

    private static readonly Metric s_share = new("% of a core", "0.00");

    public static Workload Workload() => new("control-loop", $"{Pools} pools that find their size by themselves, a decision each every second")
    {
        Peers = [new(AtRest, static () => new Resting()), new(Busy, static () => new Ticking())],
        Columns = [s_share, Metric.Allocated],
        Operations = 5,
        WarmUps = 8,
        Bars = [Bar.Value(AtRest, s_share, 1), Bar.Value(Busy, s_share, 1)],
        Note = "An operation is a second. At rest: all of the process, timers and actors included. Busy: the calls alone, 100 tasks recorded before each.",
    };

    private static int SecondsOf(Round round) => Math.Max(2, round.Operations);

    private sealed class Resting : IContestant
    {
        private readonly ActorSystem _system = ActorSystem.Create("loops", ReferenceConfig.Value);

        public Resting()
        {
            for (int i = 0; i < Pools; i++)
                _system.StartTaskDispatcher($"pool-{i}", static pool => pool.Scale(1, 8, TimeSpan.FromMilliseconds(250)).Handle<NopTask, int>(NopTask.HandleAsync));
        }

        public async Task RunAsync(Round round)
        {
            using PeriodicTimer timer = new(TimeSpan.FromSeconds(SecondsOf(round)));
            TimeSpan before = Environment.CpuUsage.TotalTime;
            round.Begin();
            await timer.WaitForNextTickAsync();
            round.End();
            round.Set(s_share, (Environment.CpuUsage.TotalTime - before) / round.Elapsed * 100);
        }

        public async ValueTask DisposeAsync() => await _system.Terminate();
    }

    private sealed class Ticking : IContestant
    {
        private readonly Time _time = new();
        private readonly List<(Load Load, ScalingLoop Loop)> _loops = [];

        public Ticking()
        {
            ScalingSettings settings = SettingsReader.ReadPool(
                ReferenceConfig.Value, "loops", new Dictionary<string, object> { ["workers.min"] = 1, ["workers.max"] = 8 }).Scaling;
            ScalingBounds bounds = new(1, 8);
            for (int i = 0; i < Pools; i++)
            {
                Load load = new(_time);
                _loops.Add((load, new ScalingLoop(new ScalingTarget("loops", load, load, bounds, settings), ScalingPolicies.Make(settings, bounds)!, null, _time)));
            }
        }

        public Task RunAsync(Round round)
        {
            var used = TimeSpan.Zero;
            for (var second = 0; second < SecondsOf(round); second++)
            {
                _time.Advance();
                foreach (var (load, _) in _loops) load.Advance();
                var before = Environment.CpuUsage.TotalTime;
                foreach (var (_, loop) in _loops) loop.Tick();
                used += Environment.CpuUsage.TotalTime - before;
            }
            round.Set(s_share, used.TotalSeconds / SecondsOf(round) * 100);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Time : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance() => _ticks += TimeSpan.TicksPerSecond;
    }

    private sealed class Load(Time time) : IPoolGauge, IPoolResizer
    {
        private readonly Random _random = new(1);
        private long _offered;
        private int _workers = 2;

        public PoolMeter Meter { get; } = new(TimeSpan.TicksPerSecond);

        public int Concurrency => 1;

        public int? Pinned => null;

        public void Advance()
        {
            _offered += 100;
            for (int i = 0; i < 100; i++)
            {
                long entered = time.GetTimestamp();
                long started = entered + _random.Next(100_000);
                Meter.OnStarted(entered, started);
                Meter.OnEnded(entered, started, started + _random.Next(200_000));
            }
        }

        public PoolReading Read() => new(_offered, 0, _offered, _workers, _workers, 1, 0, TimeSpan.Zero);

        public void Resize(int workers) => _workers = workers;
    }
}
