using Akka.Configuration;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class SettingsReaderTests
{
    [Fact]
    public void ReadPool_NothingSet_TakesTheReference()
    {
        PoolSettings settings = Read("");
        Assert.Equal(Environment.ProcessorCount * 2, settings.WorkersMin);
        Assert.Equal(settings.WorkersMin, settings.WorkersMax);
        Assert.Equal(1024, settings.QueueCapacity);
        Assert.Equal(FullPolicy.Refuse, settings.FullPolicy);
        Assert.Null(settings.QueueBudget);
        Assert.Equal(1, settings.Concurrency);
    }

    [Fact]
    public void ReadPool_CodePoolAndSharedDefaults_TheNearestWins()
    {
        const string Hocon = """
            dispatcher.pool-defaults { concurrency = 2, grace = 1s, tasks-per-turn = 3 }
            dispatcher.pools.work { concurrency = 4, grace = 2s }
            """;
        PoolSettings settings = Read(Hocon, new Dictionary<string, object> { ["concurrency"] = 8 });
        Assert.Equal(8, settings.Concurrency);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Grace);
        Assert.Equal(3, settings.TasksPerTurn);
    }

    [Fact]
    public void ReadPool_OnlyAMaximumBelowTheAutomaticMinimum_LowersTheMinimum()
    {
        PoolSettings settings = Read("dispatcher.pools.work.workers.max = 1");
        Assert.Equal(1, settings.WorkersMin);
        Assert.Equal(1, settings.WorkersMax);
    }

    [Fact]
    public void ReadPool_SeveralErrors_ReportsAllWithPathValueAndRange()
    {
        const string Hocon = """
            dispatcher.pools.work {
              workers { min = 8, max = 4 }
              queue { capacity = -1, full-policy = explode, retry-after = soon, budget = 0ms }
              concurrency = 0
            }
            """;
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read(Hocon));
        Assert.Equal(
            [
                "dispatcher.pools.work.concurrency = 0: expected a whole number from 1 to 65536",
                "dispatcher.pools.work.queue.budget = 0ms: expected a duration from 1ms to 24h, or off",
                "dispatcher.pools.work.queue.capacity = -1: expected a whole number from 1 to 67108864",
                "dispatcher.pools.work.queue.full-policy = explode: expected one of refuse, wait, drop-oldest",
                "dispatcher.pools.work.queue.retry-after = soon: expected a duration from 1ms to 1h",
                "dispatcher.pools.work.workers.max = 4: expected a whole number from 8 to 65536, or auto",
            ],
            thrown.Errors.Select(error => error.ToString()).Order(StringComparer.Ordinal));
        Assert.All(thrown.Errors, error => Assert.Contains(error.ToString(), thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadPool_ErrorsAboutFailures_ReportsAllWithPathValueAndRange()
    {
        const string Hocon = """
            dispatcher.pools.work {
              workers.replacements = -1
              retries { attempts = 0, try-timeout = never, on = ["a b"], backoff-first = 2s, backoff-max = 1s, budget-percent = 1001, budget-floor = -1, max-delayed = 0, poison-after = 21 }
              supervision { resume-on = ["x y"], escalate-after = 0, backoff-after = 0, backoff-first = 1s, backoff-max = 10ms }
              tasks.Work.retries { attempts = 101 }
            }
            """;
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read(Hocon));
        const string Names = "expected names of exceptions such as TimeoutException or System.Net.*, error classes, transient or any";
        Assert.Equal(
            [
                "dispatcher.pools.work.retries.attempts = 0: expected a whole number from 1 to 100",
                "dispatcher.pools.work.retries.backoff-max = 1s: expected a duration from 2s to 1h",
                "dispatcher.pools.work.retries.budget-floor = -1: expected a whole number from 0 to 1000000",
                "dispatcher.pools.work.retries.budget-percent = 1001: expected a whole number from 0 to 1000",
                "dispatcher.pools.work.retries.max-delayed = 0: expected a whole number from 1 to 1048576",
                $"dispatcher.pools.work.retries.on = a b: {Names}",
                "dispatcher.pools.work.retries.poison-after = 21: expected a whole number from 1 to 20",
                "dispatcher.pools.work.retries.try-timeout = never: expected a duration from 1ms to 1h, or off",
                "dispatcher.pools.work.supervision.backoff-after = 0: expected a whole number from 1 to 1000000",
                "dispatcher.pools.work.supervision.backoff-max = 10ms: expected a duration from 1s to 1h",
                "dispatcher.pools.work.supervision.escalate-after = 0: expected a whole number from 1 to 1000000, or off",
                $"dispatcher.pools.work.supervision.resume-on = x y: {Names}",
                "dispatcher.pools.work.tasks.Work.retries.attempts = 101: expected a whole number from 1 to 100",
                "dispatcher.pools.work.workers.replacements = -1: expected a whole number from 0 to 1024, or auto",
            ],
            thrown.Errors.Select(error => error.ToString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dispatcher.pools.work.queue.capcity = 1", "dispatcher.pools.work.queue.capcity: unknown setting; did you mean 'queue.capacity'?")]
    [InlineData("dispatcher.pools.work.capacity = 1", "dispatcher.pools.work.capacity: unknown setting; did you mean 'queue.capacity'?")]
    [InlineData("dispatcher.pools.work.xyzzy { a = 1 }", "dispatcher.pools.work.xyzzy: unknown setting")]
    [InlineData("dispatcher.pool-defaults.graze = 1s", "dispatcher.pool-defaults.graze: unknown setting; did you mean 'grace'?")]
    public void ReadPool_UnknownKey_FailsWithASuggestion(string hocon, string error) =>
        Assert.Equal([error], Assert.Throws<SettingsException>(() => Read(hocon)).Errors.Select(e => e.ToString()));

    [Fact]
    public void ReadPool_UnknownKeyInCode_Fails() =>
        Assert.Equal(
            ["dispatcher.pools.work.concurency: unknown setting; did you mean 'concurrency'?"],
            Assert.Throws<SettingsException>(() => Read("", new Dictionary<string, object> { ["concurency"] = 1 })).Errors.Select(e => e.ToString()));

    [Fact]
    public void ReadPool_SettingWithoutEffect_Fails() =>
        Assert.Equal(
            ["dispatcher.pools.work.queue.max-waiting = 5: has no effect: queue.full-policy is not wait"],
            Assert.Throws<SettingsException>(() => Read("dispatcher.pools.work.queue.max-waiting = 5")).Errors.Select(e => e.ToString()));

    [Theory]
    [InlineData("credit-pull", RoutingPolicy.CreditPull)]
    [InlineData("round-robin", RoutingPolicy.RoundRobin)]
    [InlineData("smallest-mailbox", RoutingPolicy.SmallestMailbox)]
    [InlineData("random-of-two", RoutingPolicy.RandomOfTwo)]
    [InlineData("consistent-hash", RoutingPolicy.ConsistentHash)]
    public void ReadPool_Routing_IsOneOfFive(string word, RoutingPolicy routing)
    {
        Assert.Equal(routing, Read($"dispatcher.pools.work.routing = {word}").Routing);
        Assert.Contains(
            "dispatcher.pools.work.routing = best: expected one of credit-pull, round-robin, smallest-mailbox, random-of-two, consistent-hash",
            Assert.Throws<SettingsException>(() => Read("dispatcher.pools.work.routing = best")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queue.per-worker = 7", 7)]
    [InlineData("queue.capacity = 100", 15)]
    [InlineData("queue.capacity = 1", 1)]
    public void ReadPool_LinesOfWorkers_HaveTheirOwnBoundOrShareTheQueues(string setting, int perWorker) =>
        Assert.Equal(perWorker, Read($"dispatcher.pools.work {{ routing = round-robin, workers.max = 7, {setting} }}").QueuePerWorker);

    [Fact]
    public void ReadPool_LinesOfWorkersWithCreditPull_Fails() =>
        Assert.Equal(
            ["dispatcher.pools.work.queue.per-worker = 5: has no effect: routing is credit-pull"],
            Assert.Throws<SettingsException>(() => Read("dispatcher.pools.work.queue.per-worker = 5")).Errors.Select(e => e.ToString()));

    private static PoolSettings Read(string hocon, IReadOnlyDictionary<string, object>? code = null) =>
        SettingsReader.ReadPool(ConfigurationFactory.ParseString(hocon).WithFallback(ReferenceConfig.Value), "work", code);
}
