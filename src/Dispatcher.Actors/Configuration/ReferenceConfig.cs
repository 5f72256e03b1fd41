using Akka.Configuration;

namespace Dispatcher.Actors.Configuration;

/// <summary>The defaults of every setting, as <c>hocon/reference.conf</c> states them. Goes below an application's own configuration.</summary>
public static class ReferenceConfig
{
    private static readonly Lazy<Config> s_value = new(
        static () => ConfigurationFactory.FromResource("Dispatcher.Actors.reference.conf", typeof(ReferenceConfig).Assembly));

    private static readonly Lazy<Config> s_pool = new(static () => Value.GetConfig(SettingsReader.DefaultsPath)!);

    /// <summary>The configuration.</summary>
    public static Config Value => s_value.Value;

    /// <summary>What it says of a pool.</summary>
    internal static Config Pool => s_pool.Value;

    // A key that applications have no reason to set themselves.
    internal static bool IsIn(Config config) => config.HasPath("dispatcher.mailbox.mailbox-type");
}
