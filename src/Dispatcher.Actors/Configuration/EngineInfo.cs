using System.Reflection;

namespace Dispatcher.Actors.Configuration;

/// <summary>Which implementation of Akka.NET's API this build runs on.</summary>
public static class EngineInfo
{
    /// <summary><c>official</c> with its version, or <c>compact</c>.</summary>
    public static string Name { get; } = Read();

    private static string Read()
    {
        string? engine = null, version = null;
        foreach (AssemblyMetadataAttribute metadata in typeof(EngineInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        {
            if (metadata.Key == "AkkaEngine")
                engine = metadata.Value;
            else if (metadata.Key == "AkkaVersion")
                version = metadata.Value;
        }

        return version == null ? engine ?? "unknown" : $"{engine} {version}";
    }
}
