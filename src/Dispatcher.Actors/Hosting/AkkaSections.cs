using Akka.Actor;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Hosting;

/// <summary>
/// The dispatchers and mailboxes that pools name. Akka makes them when it makes an actor; a worker that cannot be made then is seen by nobody but its supervisor.
/// So they are asked for before.
/// </summary>
internal static class AkkaSections
{
    private const string What = "expected what Akka can make: ";

    /// <summary>Makes sure of them.</summary>
    /// <param name="system">The system.</param>
    /// <param name="builders">The pools.</param>
    /// <param name="start">Their settings.</param>
    /// <exception cref="SettingsException">Some cannot be made; it names all of them.</exception>
    public static void Verify(ActorSystem system, IReadOnlyList<TaskDispatcherBuilder> builders, StartSettings start)
    {
        List<SettingsError> errors = [];
        void Try(string setting, string path, Action<string> make)
        {
            try
            {
                make(path);
            }
            catch (Exception error)
            {
                errors.Add(new SettingsError(setting, path, What + error.Message));
            }
        }

        foreach (TaskDispatcherBuilder builder in builders)
        {
            PoolSettings settings = start.Pools[builder.Name];
            string pool = $"{SettingsReader.PoolsPath}.{builder.Name}";
            Try($"{pool}.mailbox", settings.Mailbox, path => system.Mailboxes.Lookup(path));
            Try($"{pool}.dispatcher", settings.Dispatcher, path => system.Dispatchers.Lookup(path));
            foreach (WorkerClass workers in builder.OtherClasses(settings))
                Try($"{pool}.{ClassReader.KeyOf(workers)}.dispatcher", settings.Classes[workers].Dispatcher, path => system.Dispatchers.Lookup(path));
        }

        if (errors.Count > 0)
            throw new SettingsException(errors);
    }
}
