using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

/// <summary>For configurations that may be null.</summary>
public static class ConfigExtensions
{
    [return: NotNullIfNotNull(nameof(config)), NotNullIfNotNull(nameof(fallback))]
    public static Config? SafeWithFallback(this Config? config, Config? fallback) =>
        config == null ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config == null || config.IsEmpty;
}
