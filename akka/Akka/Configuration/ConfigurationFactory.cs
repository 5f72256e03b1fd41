using System.Reflection;
using System.Text.Json;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations of text, resources and objects.</summary>
public class ConfigurationFactory
{
    private static Config? _default;

    /// <summary>A configuration without any key.</summary>
    public static Config Empty => ParseString("");

    /// <exception cref="FormatException">The text is malformed, or refers to a value that it does not contain.</exception>
    /// <exception cref="ConfigurationException">An unquoted value contains <c>=</c> or <c>:</c>, or the text includes another.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <param name="hocon">The text.</param>
    /// <param name="includeCallback">Gets the name in <c>include "name"</c>, and returns a root parsed for this one inclusion.</param>
    public static Config ParseString(string hocon, Func<string, HoconRoot>? includeCallback) =>
        new(Parser.Parse(hocon, includeCallback));

    /// <summary>The engine's own defaults. Parsed once: every actor system starts with them.</summary>
    public static Config Default() =>
        _default ??= FromResource("Akka.Configuration.akka.conf", typeof(ConfigurationFactory).Assembly);

    public static Config FromResource<TAssembly>(string resourceName) =>
        FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <param name="resourceName">The resource.</param>
    /// <param name="instanceInAssembly">An assembly, or a type or any object of the assembly.</param>
    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);

    /// <exception cref="ArgumentException">The assembly has no such resource.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ArgumentException($"Assembly '{assembly.GetName().Name}' has no resource '{resourceName}'.", nameof(resourceName));
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }

    /// <summary>The public properties of an object, as they are written in JSON.</summary>
    public static Config FromObject(object source) => ParseString(JsonSerializer.Serialize(source));
}
