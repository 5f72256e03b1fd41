using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration is invalid or incomplete.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message) { }

    public ConfigurationException(string message, Exception? exception) : base(message, exception) { }

    /// <summary>What is thrown when <typeparamref name="T"/> needs a section that is not there.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) => new(string.IsNullOrWhiteSpace(path)
        ? $"{typeof(T).Name} needs a configuration, but it is null or empty."
        : $"{typeof(T).Name} needs the configuration section '{path}', but it is missing or empty.");
}
