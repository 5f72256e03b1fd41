using System.Diagnostics;
using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What admission costs a task: the same calls through a pool with rate, concurrency, breaker and fair shares on, and through one without.</summary>
internal static class AdmissionCost
{
    private const int Callers = 64, Workers = 8;
    private const string Both = "with and without";
    private static readonly Metric More = new("ns more a task", "0");
    private static readonly Metric Without = new("ns without", "0");
    private static readonly Metric Times = new("x without", "0.00");
    private static readonly TaskOptions s_options = new() { Tenant = "a" };

    public static Workload Workload() =>
        new("admission-cost", $"Rate, concurrency, breaker and fair shares on, against all of it off; request and reply, {Callers} in flight, {Workers} workers")
        {
            Peers =
            [
                new(Both, () => new Pair(static pool => Fair(Breaker(Limit(Rate(pool)))))),
                new("rate", () => new Pair(static pool => Rate(pool))),
                new("concurrency", () => new Pair(static pool => Limit(pool))),
                new("breaker", () => new Pair(static pool => Breaker(pool))),
                new("fair shares", () => new Pair(static pool => Fair(pool))),
            ],
            Columns = [More, Times, Without, Metric.Allocated],
            Operations = 2_048_000,
            OperationsStep = 1024,
            Bars = [Bar.Value(Both, More, 150)],
            Note = "Both halves of a round run one after the other; the time on the clock is compared.",
        };

    private static TaskDispatcherBuilder Rate(TaskDispatcherBuilder pool) => pool.RateLimit(1e7, 1_000_000);

    private static TaskDispatcherBuilder Limit(TaskDispatcherBuilder pool) => pool.ConcurrencyLimit(1_000_000);

    private static TaskDispatcherBuilder Breaker(TaskDispatcherBuilder pool) => pool.Breaker("quick");

    private static TaskDispatcherBuilder Fair(TaskDispatcherBuilder pool) => pool.ShareBetweenTenants().Set("admission.tenants.share", 1);

    private sealed class Pair(Action<TaskDispatcherBuilder> turnOn) : IContestant
    {
        private readonly TestPool _off = Pool(static _ => { });
        private readonly TestPool _on = Pool(turnOn);

        public async Task RunAsync(Round round)
        {
            var without = await TimeAsync(_off, round.Operations);
            var with = await TimeAsync(_on, round.Operations);
            round.Set(More, (with - without).TotalNanoseconds / round.Operations);
            round.Set(Times, with / without);
            round.Set(Without, without.TotalNanoseconds / round.Operations);
        }

        private static TestPool Pool(Action<TaskDispatcherBuilder> configure) => new(Workers, 1024, pool =>
        {
            pool.Handle<NopTask, int>(NopTask.HandleAsync);
            configure(pool);
        });

        private static async Task<TimeSpan> TimeAsync(TestPool pool, int operations)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
            {
                for (var i = operations / Callers; i > 0; i--)
                {
                    var outcome = await pool.Dispatcher.RunAsync(NopTask.Instance, s_options);
                    if (!outcome.IsCompleted) throw new InvalidOperationException(outcome.ToString());
                }
            })));
            return Stopwatch.GetElapsedTime(began);
        }

        public async ValueTask DisposeAsync()
        {
            await _off.DisposeAsync();
            await _on.DisposeAsync();
        }
    }
}
