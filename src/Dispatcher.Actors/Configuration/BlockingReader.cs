namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates what is below <c>blocking</c> of a pool.</summary>
internal static class BlockingReader
{
    private const int MaxWorkers = 4096;

    /// <summary>Reads it.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="handlers">The pool's handlers; null for shared defaults, which may have values for pools of any kind.</param>
    public static BlockingSettings Read(SettingsSection section, DeclaredHandlers? handlers)
    {
        BlockingSettings settings = new()
        {
            Workers = section.Number("blocking.workers", 1, MaxWorkers),
            Dispatcher = section.Name("blocking.dispatcher"),
            TaskTypes = section.Names("blocking.task-types"),
        };
        if (handlers != null)
            ReportNoEffect(section, handlers, settings);
        return settings;
    }

    private static void ReportNoEffect(SettingsSection section, DeclaredHandlers handlers, BlockingSettings settings)
    {
        if (section.IsSet("blocking.task-types"))
        {
            foreach (string name in settings.TaskTypes)
            {
                if (!handlers.TaskTypes.Any(type => type.Name == name || type.FullName == name))
                    section.ReportNoEffect("blocking.task-types", name, "the pool has no handler for a task of this type");
            }
        }

        if (handlers.AnyBlocking || handlers.TaskTypes.Any(settings.Names))
            return;
        section.ReportNoEffect("blocking.workers", "no handler is declared blocking");
        section.ReportNoEffect("blocking.dispatcher", "no handler is declared blocking");
    }
}
