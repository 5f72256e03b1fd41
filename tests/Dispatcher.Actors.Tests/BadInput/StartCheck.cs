using Akka.Configuration;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Reads all settings as a start does, with a pool <c>p</c> in which everything has a meaning unless a test says otherwise.</summary>
internal static class StartCheck
{
    private static readonly Dictionary<string, object> s_none = [];

    /// <summary>Handlers for which every setting has an effect.</summary>
    public static DeclaredHandlers Handlers { get; } = Of(null, typeof(Plain)) with
    {
        Fallbacks = [typeof(Plain)],
        RollOuts = [typeof(Plain)],
        Measured = [typeof(Plain)],
    };

    /// <summary>Plain handlers.</summary>
    /// <param name="workers">The class of workers that they are declared for.</param>
    /// <param name="types">Their types of task.</param>
    public static DeclaredHandlers Of(WorkerClass? workers, params Type[] types) => new(types.ToDictionary(type => type, _ => workers));

    /// <summary>What is wrong with a configuration.</summary>
    public static IReadOnlyList<SettingsError> Errors(
        string hocon, Dictionary<string, object>? pool = null, Dictionary<string, object>? alerts = null, Dictionary<string, object>? diagnosis = null)
    {
        try
        {
            Read(hocon, Handlers, pool, alerts, diagnosis);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Errors;
        }
    }

    /// <summary>Reads a configuration.</summary>
    public static StartSettings Read(
        string hocon, DeclaredHandlers handlers, Dictionary<string, object>? pool = null, Dictionary<string, object>? alerts = null, Dictionary<string, object>? diagnosis = null)
    {
        Config config = ConfigurationFactory.ParseString(hocon).WithFallback(ReferenceConfig.Value).WithFallback(ConfigurationFactory.Default());
        return StartSettings.Read(config, [new PoolDescription("p", pool ?? s_none, handlers)], alerts ?? s_none, diagnosis ?? s_none, areAll: true);
    }

    /// <summary>A type of task.</summary>
    internal sealed record Plain : ITask<int>;
}
