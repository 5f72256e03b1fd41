using Akka.Configuration;

namespace Dispatcher.Actors.Configuration;

/// <summary>The defaults of every setting, as <c>hocon/reference.conf</c> states them. Goes below an application's own configuration.</summary>
public static class ReferenceConfig
{
    private static readonly Lazy<Config> s_value = new(
        static () => ConfigurationFactory.FromResource("Dispatcher.Actors.reference.conf", typeof(ReferenceConfig).Assembly));

    private static readonly Lazy<Config> s_pool = new(static () => Value.GetConfig(SettingsReader.DefaultsPath)!);

    // Far from each other: an application may set some of them itself.
    private static readonly string[] s_marks = ["dispatcher.mailbox.mailbox-type", "dispatcher.watchdog-dispatcher.type", "dispatcher.pool-defaults.supervision.backoff-max"];

    /// <summary>The configuration.</summary>
    public static Config Value => s_value.Value;

    /// <summary>What it says of a pool.</summary>
    internal static Config Pool => s_pool.Value;

    internal static bool IsIn(Config config) => Array.TrueForAll(s_marks, mark => ConfigPaths.Has(config, mark));
}
