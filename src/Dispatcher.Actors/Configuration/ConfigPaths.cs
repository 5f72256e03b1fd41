using Akka.Configuration;

namespace Dispatcher.Actors.Configuration;

/// <summary>Asks for values whose way may lead through something else than sections, which not every engine takes.</summary>
internal static class ConfigPaths
{
    /// <summary>Whether there is a value at a path, and nothing but sections above it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="path">The path; its parts have no quotes.</param>
    public static bool Has(Config config, string path)
    {
        for (int dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            string above = path[..dot];
            if (!config.HasPath(above) || config.GetValue(above)?.IsObject() != true)
                return false;
        }

        return config.HasPath(path);
    }
}
