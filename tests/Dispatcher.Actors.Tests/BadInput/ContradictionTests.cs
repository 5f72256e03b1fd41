using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Settings that are good by themselves and do not go together: each fails the start, or is warned of once, with path, value, and what is expected.</summary>
public sealed class ContradictionTests
{
    private const string NoBreaker = "there is no circuit breaker: expected admission.breaker.preset or admission.targets.preset to be on";

    // Workers that are fewer than the default queue, on any machine.
    private const string Four = "workers.min = 4, workers.max = 4, ";

    [Theory]
    [InlineData("workers { min = 5, max = 4 }", "workers.max = 4: expected a whole number from 5 to 65536, or auto")]
    [InlineData("workers { min = 4, max = 4 }, scaling.tick = 2s", "scaling.tick = 2s: has no effect: workers.min and workers.max are the same")]
    [InlineData("workers { min = 1, max = 4 }, scaling { policy = off, tick = 2s }", "scaling.tick = 2s: has no effect: scaling.policy is off")]
    [InlineData("workers { min = 1, max = 4 }, scaling.article.breaches = 2", "scaling.article.breaches = 2: has no effect: scaling.policy is slo")]
    [InlineData("workers { min = 1, max = 4 }, scaling.slo { utilization-percent = 90, max-utilization-percent = 80 }", "scaling.slo.max-utilization-percent = 80: expected a whole number from 90 to 100")]
    [InlineData("queue.max-waiting = 5", "queue.max-waiting = 5: has no effect: queue.full-policy is not wait")]
    [InlineData("queue.per-worker = 5", "queue.per-worker = 5: has no effect: routing is credit-pull")]
    [InlineData("idempotency { retention = off, outcomes = 5 }", "idempotency.outcomes = 5: has no effect: idempotency.retention is off")]
    [InlineData("cpu { cores = [0, 9999] }", "cpu.cores = 9999: expected cores that this process may use, each once: *")]
    [InlineData("cpu { cores = [0, 0] }", "cpu.cores = 0: expected cores that this process may use, each once: *")]
    [InlineData("cpu.workers = 2", "cpu.workers = 2: has no effect: no handler is declared cpu")]
    [InlineData("io.concurrency = 2", "io.concurrency = 2: has no effect: no handler is declared io")]
    [InlineData("blocking.workers = 2", "blocking.workers = 2: has no effect: no handler is declared blocking")]
    [InlineData("long.task-types = [Plane]", "long.task-types = Plane: has no effect: the pool has no handler for a task of this type")]
    [InlineData("io.task-types = [Plain], long.task-types = [Plain]", "long.task-types = Plain: expected types of no other class: this one is Io")]
    [InlineData("measuring.runs = 5", "measuring.runs = 5: has no effect: measuring.enabled is off")]
    [InlineData("measuring { enabled = on, cpu-below = 0.5, io-above = 0.4 }", "measuring.margin = 0.1: expected a number with which cpu-below + margin is not above io-above - margin")]
    [InlineData("measuring.enabled = on, io.task-types = [Plain]", "measuring.enabled = on: has no effect: every type of task has a class of workers by declaration, or a second version: expected one without")]
    [InlineData("admission.rate { per-second = 5, burst = 0 }", "admission.rate.burst = 0: expected a whole number from 1 to 432000, or auto")]
    [InlineData("admission.rate.burst = 5", "admission.rate.burst = 5: has no effect: admission.rate.per-second is off")]
    [InlineData("admission.rate { per-second = 5, max-delay = 1s }", "admission.rate.max-delay = 1s: has no effect: admission.rate.shape is token-bucket")]
    [InlineData("tasks.Plain.admission.rate.burst = 5", "tasks.Plain.admission.rate.burst = 5: has no effect: tasks.Plain.admission.rate.per-second is not set")]
    [InlineData("tasks.Plain.admission.concurrency.headroom = 0.1", "tasks.Plain.admission.concurrency.headroom = 0.1: has no effect: tasks.Plain.admission.concurrency.limit is not set")]
    [InlineData(
        "tasks.Plain { contract.deadline = 1s, admission.rate { per-second = 5, shape = leaky-bucket, max-delay = 2s } }",
        "tasks.Plain.admission.rate.max-delay = 2s: has no effect: the deadline of Plain comes first, after 1s")]
    [InlineData("admission.concurrency.headroom = 0.1", "admission.concurrency.headroom = 0.1: has no effect: admission.concurrency.limit is off")]
    [InlineData("admission { concurrency.limit = 50, adaptive.enabled = on }", "admission.concurrency.limit = 50: has no effect: admission.adaptive is on and finds the limit by itself")]
    [InlineData("admission.adaptive { enabled = on, min = 50, max = 40 }", "admission.adaptive.max = 40: expected a whole number from 50 to 67108864, or auto")]
    [InlineData("admission.adaptive { enabled = on, min = 50, max = 60, initial = 70 }", "admission.adaptive.initial = 70: expected a whole number from 50 to 60, or auto")]
    [InlineData("admission { concurrency.limit = 50, tasks = 5 }", "admission.tasks: unknown setting*")]
    [InlineData(
        "admission.concurrency.limit = 50, tasks.Plain.admission.concurrency.limit = 60", "tasks.Plain.admission.concurrency.limit = 60: has no effect: the pool's limit comes first: expected at most 50")]
    [InlineData("admission.codel { enabled = on, interval = 10ms, target = 6ms }", "admission.codel.target = 6ms: expected a duration from 0.1ms to 5ms")]
    [InlineData("admission.codel.target = 2ms", "admission.codel.target = 2ms: has no effect: admission.codel.enabled is off")]
    [InlineData("admission.shed.enabled = on", "admission.shed.enabled = on: has no effect: admission.codel is off, which tells it when a queue stands")]
    [InlineData("admission.shed.aggression = 2", "admission.shed.aggression = 2: has no effect: admission.shed.enabled is off")]
    [InlineData("admission.window = 20ms", "admission.window = 20ms: has no effect: admission.adaptive and admission.shed are off")]
    [InlineData("admission.breaker.probes = 2", "admission.breaker.probes = 2: has no effect: admission.breaker.preset is off; expected custom")]
    [InlineData("admission.breaker { preset = custom, failure-rate = off }", "admission.breaker.preset = custom: has no effect: a custom breaker needs a rule: failure-rate, slow-rate or consecutive-failures")]
    [InlineData("admission.targets.max = 5", "admission.targets.max = 5: has no effect: admission.targets.preset is off")]
    [InlineData("admission.tenants.weights.a = 5", "admission.tenants.weights.a = 5: has no effect: admission.tenants.fair is off")]
    [InlineData("admission.tenants.rates.a = 5", "admission.tenants.rates.a = 5: has no effect: admission.tenants.rate.per-second is off, the limit of the tenants that are not named")]
    [InlineData("routing = round-robin, admission.tenants.fair = on", "admission.tenants.fair = on: has no effect: it shares one queue, and with this routing each worker has its own; expected routing = credit-pull")]
    [InlineData("retries { attempts = 3, on = [] }", "retries.attempts = 3: has no effect: retries.on names no error: expected one at least")]
    [InlineData(
        "retries { attempts = 3, budget-percent = 0, budget-floor = 0 }",
        "retries.attempts = 3: has no effect: retries.budget-percent and retries.budget-floor are 0, and let no retry through: expected one of them above 0")]
    [InlineData("retries { backoff-first = 2s, backoff-max = 1s }", "retries.backoff-max = 1s: expected a duration from 2s to 1h")]
    [InlineData("tasks.Plain.retries.backoff-first = 20s", "retries.backoff-max = 10s: expected a duration from 20s to 1h")]
    [InlineData("supervision { backoff-first = 2s, backoff-max = 1s }", "supervision.backoff-max = 1s: expected a duration from 2s to 1h")]
    [InlineData(
        "supervision { resume-on = [IOException], escalate-on = [IOException] }",
        "supervision.resume-on = IOException: has no effect: supervision.escalate-on names it too, and counts: expected each name in one list")]
    [InlineData("contract { deadline = 1s, p99-target = 2s }", "contract.p99-target = 2s: above the deadline*: expected at most 1s")]
    [InlineData("tasks.Plain { contract.deadline = 1s, queue.budget = 2s }", "tasks.Plain.queue.budget = 2s: has no effect: the deadline of Plain comes first, after 1s")]
    [InlineData("tasks.Plain { contract.deadline = 1s, contract.run-budget = 2s }", "tasks.Plain.contract.run-budget = 2s: has no effect: the deadline of Plain comes first, after 1s")]
    [InlineData("tasks.Plain { contract.run-budget = 1s, retries.try-timeout = 2s }", "tasks.Plain.retries.try-timeout = 2s: has no effect: the run budget of Plain comes first, after 1s")]
    [InlineData("tasks.Plain { admission.fallback.on-failed = on }", "tasks.Plain.admission.fallback.on-failed = on: has no effect: the pool has no fallback handler for Plain")]
    [InlineData("admission.fallback.on-failed = on", "admission.fallback.on-failed = on: has no effect: the pool has no fallback handler")]
    [InlineData("roll-out.share = 0.1", "roll-out.share = 0.1: has no effect: no handler of the pool has a second version")]
    [InlineData("tasks.Plain.roll-out.share = 0.1", "tasks.Plain.roll-out.share = 0.1: has no effect: the handler of Plain has no second version in the pool")]
    [InlineData("payload-cap = 5", "payload-cap = 5: has no effect: no type of task says its size: expected IPayloadSize, or a measure in the builder")]
    [InlineData("tasks.Plane.payload-cap = 5", "tasks.Plane: has no effect: the pool has no handler for a task of this name; did you mean 'Plain'?")]
    [InlineData("mailbox = akka.no-mailbox", "mailbox = akka.no-mailbox: expected the path of a mailbox's configuration")]
    public void Settings_ThatCannotBeTogether_FailTheStart(string pool, string error) => AssertRefused(StartCheck.Of(null, typeof(StartCheck.Plain)), pool, error);

    [Fact]
    public void Cores_MoreThanWorkers_FailTheStart()
    {
        if (Environment.ProcessorCount > 1)
            AssertRefused(StartCheck.Of(WorkerClass.Cpu, typeof(StartCheck.Plain)), "cpu { cores = [0, 1], workers = 1 }", "cpu.cores = [0, 1]: has no effect: only the first 1 of them, as cpu.workers = 1: expected at most one for each worker");
    }

    [Theory]
    [InlineData(WorkerClass.Cpu, "cpu", "cores", "[0]")]
    [InlineData(WorkerClass.Long, "long", "nice", "5")]
    public void ChangedThreads_ThoseOfOthers_FailTheStart(WorkerClass workers, string key, string setting, string value) =>
        AssertRefused(
            StartCheck.Of(workers, typeof(StartCheck.Plain)), $"{key} {{ {setting} = {value}, dispatcher = akka.actor.internal-dispatcher }}",
            $"{key}.dispatcher = akka.actor.internal-dispatcher: expected a PinnedDispatcher: {key}.{setting} changes threads, and those of another one are not the workers' own");

    [Theory]
    [InlineData("", "tasks.Plain.admission.fallback: a fallback that is never used: expected a circuit breaker (admission.breaker.preset), or on-failed or on-overload = on")]
    [InlineData("admission.fallback { on-failed = on, on-breaker-open = on }", "admission.fallback.on-breaker-open = on: has no effect: " + NoBreaker)]
    [InlineData("tasks.Plain.admission.fallback { on-failed = on, on-breaker-open = on }", "tasks.Plain.admission.fallback.on-breaker-open = on: has no effect: " + NoBreaker)]
    [InlineData("admission.breaker.preset = quick, tasks.Plain.admission.breaker.preset = off", "tasks.Plain.admission.fallback: a fallback that is never used*")]
    public void Fallback_WithoutBreaker_FailsTheStart(string pool, string error) => AssertRefused(StartCheck.Of(null, typeof(StartCheck.Plain)) with { Fallbacks = [typeof(StartCheck.Plain)] }, pool, error);

    [Theory]
    [InlineData("alerts { enabled = off, window = 1m }", "alerts.window = 1m: has no effect: enabled is off")]
    [InlineData("alerts.webhook.queue = 5", "alerts.webhook.queue = 5: has no effect: webhook.url is off")]
    [InlineData("alerts { enabled = off, webhook.url = \"http://host/secret\" }", "alerts.webhook.url = ...: has no effect: enabled is off")]
    [InlineData("alerts.webhook { url = \"http://host/\", levels = [] }", "alerts.webhook.levels = []: expected one level at least: without, nothing is sent")]
    [InlineData("alerts.webhook { url = \"http://host/\", attempts = 1, backoff-first = 2s }", "alerts.webhook.backoff-first = 2s: has no effect: webhook.attempts is 1")]
    [InlineData("alerts.webhook { url = \"http://host/\", backoff-max = 10ms }", "alerts.webhook.backoff-max = 10ms: expected a duration from 1s to 1h")]
    [InlineData("alerts.webhook = \"http://host/secret\"", "alerts.webhook = ...: expected a section of *")]
    [InlineData("alerts.respond.p1 = 1m", "alerts.respond.p1 = 1m: expected a duration from 2m to 168h")]
    [InlineData("alerts.rules.x { on = [], level = P0 }", "alerts.rules.x.on = []: expected one event at least")]
    [InlineData("alerts.rules.x { on = [abandoned], errors = [IOException], level = P0 }", "alerts.rules.x.errors = IOException: has no effect: the rule is not on failed")]
    [InlineData("diagnosis { every = off, kept = 5 }", "diagnosis.kept = 5: has no effect: every is off")]
    [InlineData("diagnosis.tasks { least = 2m, limit = 1m }", "diagnosis.tasks.limit = 1m: expected a duration from 2m to 24h")]
    public void SystemSettings_ThatCannotBeTogether_FailTheStart(string hocon, string error) => AssertError(StartCheck.Errors($"dispatcher {{ {hocon} }}"), $"dispatcher.{error}");

    [Theory]
    [InlineData("queue.capacity = 3", "queue.capacity = 3: a burst is refused while workers are idle, as 4 tasks run at once: expected that many at least")]
    [InlineData("admission.concurrency.limit = 3", "admission.concurrency.limit = 3: workers stay idle, as 4 tasks may run at once: expected that many at least")]
    [InlineData(
        "queue.capacity = 10, admission.tenants { fair = on, share = 0.05 }",
        "admission.tenants.share = 0.05: less than one place of queue.capacity = 10; a tenant has one nevertheless: expected 0.1 at least")]
    [InlineData(
        "admission { rate.per-second = 5, tenants.rate.per-second = 5 }", "admission.tenants.rate.per-second = 5: one tenant may take all that admission.rate.per-second lets in: expected less than 5")]
    [InlineData(
        "admission.rate.per-second = 5, tasks.Plain.admission.rate.per-second = 6",
        "tasks.Plain.admission.rate.per-second = 6: admission.rate.per-second of the pool keeps tasks out before: expected at most 5")]
    [InlineData("contract.deadline = 1s, queue.budget = 2s", "queue.budget = 2s: the deadline of every type of task comes first: expected at most 1s")]
    [InlineData("contract { deadline = 1s, run-budget = 2s }", "contract.run-budget = 2s: the deadline of every type of task comes first: expected at most 1s")]
    [InlineData("contract.run-budget = 1s, retries.try-timeout = 2s", "retries.try-timeout = 2s: the deadline or run budget of every type of task comes first: expected at most 1s")]
    [InlineData(
        "contract.deadline = 1s, admission.rate { per-second = 5, shape = leaky-bucket, max-delay = 2s }", "admission.rate.max-delay = 2s: the deadline of every type of task comes first: expected at most 1s")]
    [InlineData("contract.deadline = 5ms", "contract.deadline = 5ms: noticed late, as looks are 10ms apart: expected at least deadline-resolution")]
    [InlineData("tasks.Plain.retries.try-timeout = 5ms", "tasks.Plain.retries.try-timeout = 5ms: noticed late, as looks are 10ms apart: expected at least deadline-resolution")]
    [InlineData("queue.budget = 10ms, admission.codel { enabled = on, target = 20ms }", "admission.codel.target = 20ms: tasks leave the queue before, by queue.budget: expected less than 10ms")]
    [InlineData(
        "retries.try-timeout = 1s, admission.breaker { preset = custom, slow-rate = 0.5, slow-after = 1s }",
        "admission.breaker.slow-after = 1s: calls are stopped before, by retries.try-timeout: expected less than 1s")]
    [InlineData(
        "tasks.Plain { contract.deadline = 1s, retries { attempts = 3, backoff-first = 2s } }", "tasks.Plain.retries.backoff-first = 2s: most retries of Plain come too late: expected less than its deadline of 1s")]
    [InlineData("workers.max = 8, contract.p99-target = 100ms", "contract.p99-target = 100ms: the pool lets tasks wait for longer, by scaling.slo.target-wait: expected more than 250ms")]
    [InlineData("workers.max = 8, scaling { tick = 12s, idle-timeout = 10s }", "scaling.idle-timeout = 10s: nothing is decided between two ticks: expected scaling.tick = 12s at least")]
    [InlineData("workers.max = 8, scaling.tick = 30s", "scaling.slo.shrink-window = 15s: nothing is decided between two ticks: expected scaling.tick = 30s at least")]
    [InlineData(
        "drain-timeout = 10s", "drain-timeout = 10s: with grace it is 15s, and the shutdown goes on without the pool after 12s: expected akka.coordinated-shutdown.phases.service-requests-done.timeout to be longer")]
    public void Settings_ThatAreHardlyMeant_AreADoubt(string pool, string doubt) =>
        Assert.Equal([$"dispatcher.pools.p.{doubt}"], Doubts($"dispatcher.pools.p {{ {Four}{pool} }}"));

    [Theory]
    [InlineData("dispatcher.pools.pp.grace = 1s", "dispatcher.pools.pp: there is no pool of this name: expected one of p; did you mean 'p'?")]
    [InlineData(
        "dispatcher { diagnosis.every = off, alerts.rules.x { on = [queue-grows], level = P0 } }",
        "dispatcher.alerts.rules.x.on = [QueueGrows]: found by the diagnosis only: expected dispatcher.diagnosis.every to be on")]
    public void SystemSettings_ThatAreHardlyMeant_AreADoubt(string hocon, string doubt) => Assert.Equal([doubt], Doubts(hocon));

    [Fact]
    public void Reference_AsItIs_HasNoDoubts() => Assert.Empty(Doubts(""));

    private static IEnumerable<string> Doubts(string hocon) => StartCheck.Read(hocon, StartCheck.Of(null, typeof(StartCheck.Plain))).Doubts.Select(static doubt => doubt.ToString());

    private static void AssertRefused(DeclaredHandlers handlers, string pool, string error) =>
        AssertError(Assert.Throws<SettingsException>(() => StartCheck.Read($"dispatcher.pools.p {{ {pool} }}", handlers)).Errors, $"dispatcher.pools.p.{error}");

    // A star stands for anything.
    private static void AssertError(IReadOnlyList<SettingsError> errors, string error)
    {
        string[] parts = error.Split('*');
        Assert.Contains(
            errors.Select(static each => each.ToString()),
            each => parts.Length == 1 ? each == error : each.StartsWith(parts[0], StringComparison.Ordinal) && each.EndsWith(parts[1], StringComparison.Ordinal));
    }
}
