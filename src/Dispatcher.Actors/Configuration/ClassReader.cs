using System.Globalization;
using Akka.Configuration;
using Dispatcher.Actors.Workers.Threads;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates the classes of workers that a pool may have beside its default one: <c>blocking</c>, <c>cpu</c>, <c>io</c>, <c>long</c>.</summary>
internal static class ClassReader
{
    private const int MaxWorkers = 4096;
    private const int MaxConcurrency = 65536;

    private static readonly WorkerClass[] s_classes = [WorkerClass.Blocking, WorkerClass.Cpu, WorkerClass.Io, WorkerClass.Long];

    /// <summary>The key of a class below the pool.</summary>
    /// <param name="workers">The class.</param>
    public static string KeyOf(WorkerClass workers) => workers switch
    {
        WorkerClass.Blocking => "blocking",
        WorkerClass.Cpu => "cpu",
        WorkerClass.Io => "io",
        _ => "long",
    };

    /// <summary>Reads all of them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="handlers">The pool's handlers; null for shared defaults, which may have values for pools of any kind.</param>
    /// <param name="config">The whole configuration.</param>
    public static IReadOnlyDictionary<WorkerClass, ClassSettings> Read(SettingsSection section, DeclaredHandlers? handlers, Config config)
    {
        Dictionary<WorkerClass, ClassSettings> all = s_classes.ToDictionary(workers => workers, workers => Read(section, workers, config));
        if (handlers == null)
            return all;
        foreach ((WorkerClass workers, ClassSettings settings) in all)
            ReportNoEffect(section, handlers, workers, settings);
        ReportContradictions(section, handlers, all);
        return all;
    }

    private static ClassSettings Read(SettingsSection section, WorkerClass workers, Config config)
    {
        string key = KeyOf(workers);
        List<int> cores = workers == WorkerClass.Cpu ? ReadCores(section) : [];
        int? auto = workers switch
        {
            WorkerClass.Cpu => cores.Count > 0 ? cores.Count : Environment.ProcessorCount,
            WorkerClass.Long => Math.Max(1, Environment.ProcessorCount - 1),
            _ => null,
        };
        return new ClassSettings
        {
            Workers = section.Number(key + ".workers", 1, MaxWorkers, auto),
            Dispatcher = section.SectionPath(key + ".dispatcher", config, "the path of a dispatcher's configuration"),
            TaskTypes = section.Names(key + ".task-types"),
            Concurrency = workers == WorkerClass.Io ? section.Number("io.concurrency", 1, MaxConcurrency) : null,
            Cores = cores,
            Nice = workers == WorkerClass.Long ? section.Number("long.nice", 0, ThreadNice.Max) : 0,
        };
    }

    private static List<int> ReadCores(SettingsSection section)
    {
        IReadOnlyList<int> there = ThreadAffinity.OfProcess;
        string range = $"expected cores that this process may use, each once: {string.Join(", ", there)}";
        List<int> cores = [];
        foreach (string text in section.Texts("cpu.cores", static _ => true, range))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int core) && there.Contains(core) && !cores.Contains(core))
                cores.Add(core);
            else
                section.ReportBad("cpu.cores", text, range);
        }

        return cores;
    }

    private static void ReportNoEffect(SettingsSection section, DeclaredHandlers handlers, WorkerClass workers, ClassSettings settings)
    {
        string key = KeyOf(workers);
        string list = key + ".task-types";
        if (section.IsSet(list))
        {
            foreach (string name in settings.TaskTypes.Where(name => !handlers.TaskTypes.Any(type => ClassSettings.IsName(name, type))))
                section.ReportNoEffect(list, name, "the pool has no handler for a task of this type");
        }

        if (workers != WorkerClass.Blocking && section.OnOrOff("measuring.enabled"))
            return;
        if (handlers.Classes.Any(handler => handler.Value == workers || settings.Names(handler.Key)))
            return;
        foreach (string setting in (string[])[".workers", ".dispatcher", ".concurrency", ".cores", ".nice"])
            section.ReportNoEffect(key + setting, $"no handler is declared {key}");
    }

    // A type has one class: that of code, or the only one that names it.
    private static void ReportContradictions(SettingsSection section, DeclaredHandlers handlers, Dictionary<WorkerClass, ClassSettings> all)
    {
        foreach ((Type type, WorkerClass? declared) in handlers.Classes)
        {
            WorkerClass? first = declared;
            foreach (WorkerClass workers in s_classes.Where(workers => all[workers].Names(type)))
            {
                if (first is { } other && other != workers)
                    section.ReportBad(KeyOf(workers) + ".task-types", type.Name, $"expected types of no other class: this one is {other}");
                first ??= workers;
            }
        }
    }
}
