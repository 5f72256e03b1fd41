using Akka.Configuration;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Reads all settings as a start does, with a pool <c>p</c> in which everything has a meaning.</summary>
internal static class StartCheck
{
    private static readonly Dictionary<string, object> s_none = [];

    /// <summary>What is wrong with a configuration.</summary>
    public static IReadOnlyList<SettingsError> Errors(
        string hocon, Dictionary<string, object>? pool = null, Dictionary<string, object>? alerts = null, Dictionary<string, object>? diagnosis = null)
    {
        try
        {
            Config config = ConfigurationFactory.ParseString(hocon).WithFallback(ReferenceConfig.Value).WithFallback(ConfigurationFactory.Default());
            StartSettings.Read(config, [new PoolDescription("p", pool ?? s_none, Handlers)], alerts ?? s_none, diagnosis ?? s_none);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Errors;
        }
    }

    private static DeclaredHandlers Handlers { get; } = new(new Dictionary<Type, WorkerClass?> { [typeof(Plain)] = null })
    {
        Fallbacks = [typeof(Plain)],
        RollOuts = [typeof(Plain)],
        Measured = [typeof(Plain)],
    };

    /// <summary>A type of task.</summary>
    internal sealed record Plain : ITask<int>;
}
