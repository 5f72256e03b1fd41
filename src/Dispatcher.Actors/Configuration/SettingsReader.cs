using Akka.Configuration;
using Dispatcher.Actors.Configuration.Contradictions;

namespace Dispatcher.Actors.Configuration;

/// <summary>The one place that reads settings from the configuration.</summary>
internal static class SettingsReader
{
    /// <summary>Where what is the same for all pools stands.</summary>
    internal const string DefaultsPath = "dispatcher.pool-defaults";

    /// <summary>Where pools have their own values, by name.</summary>
    internal const string PoolsPath = "dispatcher.pools";

    private const int MaxWorkers = 65536;
    private const int MaxReplacements = 1024;
    private const int MaxQueue = 1 << 26;

    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly IReadOnlyDictionary<string, object> s_noCode = new Dictionary<string, object>();
    private static readonly IReadOnlyDictionary<string, DeclaredValue> s_noValues = new Dictionary<string, DeclaredValue>();

    /// <summary>Reads and validates a pool's settings.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="code">What was set by code, by the key's path below the pool; null for nothing.</param>
    /// <param name="handlers">The pool's handlers; null where they are not known.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">Something is wrong; it names everything that is.</exception>
    public static PoolSettings ReadPool(Config config, string pool, IReadOnlyDictionary<string, object>? code = null, DeclaredHandlers? handlers = null)
    {
        List<SettingsError> errors = [];
        PoolSettings settings = ReadPool(config, pool, code ?? s_noCode, handlers, errors);
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }

    /// <summary>The same for a pool that is read together with others.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="code">What was set by code.</param>
    /// <param name="handlers">The pool's handlers; null where they are not known.</param>
    /// <param name="errors">Where errors go, each once.</param>
    /// <param name="doubts">Where doubts go; null for nowhere.</param>
    /// <returns>The settings; of no use where there are errors.</returns>
    public static PoolSettings ReadPool(
        Config config, string pool, IReadOnlyDictionary<string, object> code, DeclaredHandlers? handlers, List<SettingsError> errors, List<SettingsError>? doubts = null)
    {
        string path = $"{PoolsPath}.{pool}";
        Config reference = ReferenceConfig.Pool;
        Config shared = SettingsSection.Of(config, DefaultsPath, errors);
        // Errors in the shared defaults are reported where they stand, once, and not again for the pool.
        List<SettingsError> ofShared = [];
        Read(new SettingsSection(DefaultsPath, shared, reference, s_noCode, ofShared), pool, isOwn: false, handlers: null, config);
        errors.AddRange(ofShared.Except(errors));
        Config fallback = ofShared.Count == 0 ? shared.WithFallback(reference) : reference;
        SettingsSection own = new(path, SettingsSection.Of(config, path, errors), fallback, code, errors) { Declared = handlers?.Values() ?? s_noValues, Doubts = doubts ?? [] };
        PoolSettings settings = Read(own, pool, isOwn: true, handlers, config);
        ReportSharedThreads(config, path, settings.Classes, errors);
        if (handlers == null)
            return settings;
        ReportOtherTypes(own, handlers);
        // What does not go together can be told of values that are good by themselves.
        if (errors.Count == 0)
        {
            PoolContradictions.Report(own, settings, handlers);
            ReportShutdown(config, own, settings);
        }

        return settings;
    }

    private static void ReportShutdown(Config config, SettingsSection section, PoolSettings settings)
    {
        const string Phase = "akka.coordinated-shutdown.phases.service-requests-done.timeout";
        TimeSpan sum = settings.DrainTimeout + settings.Grace;
        if (ConfigPaths.Has(config, Phase) && Durations.TryParse(SettingText.Of(config.GetValue(Phase)), out TimeSpan limit) && sum >= limit)
            section.ReportDoubt("drain-timeout", $"with grace it is {Durations.Print(sum)}, and the shutdown goes on without the pool after {Durations.Print(limit)}: expected {Phase} to be longer");
    }

    // Each type of task that a pool has settings for has a handler there. Shared defaults may be about types of other pools.
    private static void ReportOtherTypes(SettingsSection section, DeclaredHandlers handlers)
    {
        List<string> types = [.. handlers.TaskTypes.Select(static type => type.Name)];
        foreach (string type in section.OwnChildren("tasks").Except(types))
        {
            string hint = Suggestions.For(type, types) is { } near ? $"; did you mean '{near}'?" : "";
            section.ReportIdle($"tasks.{type}", $"the pool has no handler for a task of this name{hint}");
        }
    }

    private static PoolSettings Read(SettingsSection section, string pool, bool isOwn, DeclaredHandlers? handlers, Config config)
    {
        int auto = Environment.ProcessorCount * 2;
        // Whoever sets only a maximum gets a minimum below it.
        if (!section.IsSet("workers.min") && section.IsNumber("workers.max", out int bound))
            auto = Math.Clamp(bound, 1, auto);
        int min = section.Number("workers.min", 1, MaxWorkers, auto);
        FullPolicy fullPolicy = section.OneOf(
            "queue.full-policy", ("refuse", FullPolicy.Refuse), ("wait", FullPolicy.Wait), ("drop-oldest", FullPolicy.DropOldest));
        RoutingPolicy routing = section.OneOf(
            "routing", ("credit-pull", RoutingPolicy.CreditPull), ("round-robin", RoutingPolicy.RoundRobin), ("smallest-mailbox", RoutingPolicy.SmallestMailbox),
            ("random-of-two", RoutingPolicy.RandomOfTwo), ("consistent-hash", RoutingPolicy.ConsistentHash));
        int max = section.Number("workers.max", min, MaxWorkers, min);
        int capacity = section.Number("queue.capacity", 1, MaxQueue);
        PoolSettings settings = new()
        {
            Name = pool,
            WorkersMin = min,
            WorkersMax = max,
            Replacements = section.Number("workers.replacements", 0, MaxReplacements, Math.Min(max, MaxReplacements)),
            Scaling = ScalingReader.Read(section, isOwn, isFixed: min == max),
            StartTimeout = section.Duration("workers.start-timeout", s_millisecond, s_hour),
            Measuring = MeasuringReader.Read(section, isOwn),
            Classes = ClassReader.Read(section, handlers, config),
            HeldThreadWarning = section.DurationOrOff("held-thread-warning", s_millisecond, s_hour),
            Concurrency = section.Number("concurrency", 1, MaxWorkers),
            TasksPerKey = section.Number("tasks-per-key", 1, MaxWorkers),
            Idempotency = ReadIdempotency(section, isOwn),
            TasksPerTurn = section.Number("tasks-per-turn", 1, MaxWorkers),
            TimePerTurn = section.DurationOrOff("time-per-turn", TimeSpan.FromMilliseconds(0.1), TimeSpan.FromSeconds(10)),
            CallersInTurn = section.DurationOrOff("callers-in-turn", TimeSpan.FromTicks(1), s_millisecond),
            Routing = routing,
            QueuePerWorker = section.Number("queue.per-worker", 1, MaxQueue, (int)Math.Max(1, ((long)capacity + max - 1) / Math.Max(1, max))),
            QueueCapacity = capacity,
            FullPolicy = fullPolicy,
            MaxWaiting = section.Number("queue.max-waiting", 1, MaxQueue),
            QueueBudget = section.DurationOrOff("queue.budget", s_millisecond, TimeSpan.FromHours(24)),
            Admission = new AdmissionSettingsReader(section, isOwn, (int)Math.Min((long)max * section.Number("concurrency", 1, MaxWorkers), MaxQueue), capacity)
                .Read(routing, fullPolicy, section.Number("tasks-per-key", 1, MaxWorkers)),
            RetryAfter = section.Duration("queue.retry-after", s_millisecond, s_hour),
            Grace = section.Duration("grace", s_millisecond, s_hour),
            PayloadCap = section.Number("payload-cap", 0, int.MaxValue),
            DeadlineResolution = section.Duration("deadline-resolution", s_millisecond, TimeSpan.FromMinutes(1)),
            DrainTimeout = section.Duration("drain-timeout", TimeSpan.Zero, s_hour),
            Retries = FailureSettingsReader.ReadRetries(section, type: null),
            RetryLimits = FailureSettingsReader.ReadLimits(section),
            Supervision = FailureSettingsReader.ReadSupervision(section),
            Tasks = TaskTypeReader.ReadAll(section, handlers),
            Dispatcher = section.SectionPath("dispatcher", config, "the path of a dispatcher's configuration"),
            Mailbox = section.SectionPath("mailbox", config, "the path of a mailbox's configuration"),
        };
        // Shared defaults may have values for pools of either policy.
        if (isOwn && fullPolicy != FullPolicy.Wait)
            section.ReportNoEffect("queue.max-waiting", "queue.full-policy is not wait");
        if (isOwn && routing == RoutingPolicy.CreditPull)
            section.ReportNoEffect("queue.per-worker", "routing is credit-pull");
        section.ReportUnknown();
        return settings;
    }

    // A thread that others use as well must be neither bound nor made nicer.
    private static void ReportSharedThreads(Config config, string path, IReadOnlyDictionary<WorkerClass, ClassSettings> classes, List<SettingsError> errors)
    {
        foreach ((WorkerClass workers, ClassSettings settings) in classes)
        {
            if (settings.ThreadSetting is not { } changes)
                continue;
            string type = config.GetString(settings.Dispatcher + ".type", "") ?? "";
            string key = ClassReader.KeyOf(workers);
            if (type.Length > 0 && type != "PinnedDispatcher")
                errors.Add(new SettingsError($"{path}.{key}.dispatcher", settings.Dispatcher, $"expected a PinnedDispatcher: {key}.{changes} changes threads, and those of another one are not the workers' own"));
        }
    }

    private static IdempotencySettings ReadIdempotency(SettingsSection section, bool isOwn)
    {
        IdempotencySettings settings = new()
        {
            Retention = section.DurationOrOff("idempotency.retention", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            Outcomes = section.Number("idempotency.outcomes", 1, 10_000_000),
        };
        if (isOwn && settings.Retention == null)
            section.ReportNoEffect("idempotency.outcomes", "idempotency.retention is off");
        return settings;
    }
}
