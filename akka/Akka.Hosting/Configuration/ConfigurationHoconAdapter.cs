using System.Globalization;
using System.Text;
using Akka.Configuration;
using Microsoft.Extensions.Configuration;

namespace Akka.Hosting.Configuration;

/// <summary>Reads an <see cref="IConfiguration"/> as HOCON.</summary>
public static class ConfigurationHoconAdapter
{
    /// <summary>
    /// Keys: a dot outside of quotes separates, "_" becomes "-", and all become lower case where <paramref name="normalizeKeys"/>.
    /// A section whose keys are all numbers is a list. Of a section only its own key is kept, not the path above it.
    /// </summary>
    public static Config ToHocon(this IConfiguration config, bool normalizeKeys = true)
    {
        var hocon = new StringBuilder();
        if (config is IConfigurationSection section) AppendField(hocon, section, normalizeKeys);
        else AppendFields(hocon, config, normalizeKeys);
        return ConfigurationFactory.ParseString(hocon.ToString());
    }

    private static void AppendFields(StringBuilder hocon, IConfiguration parent, bool normalizeKeys)
    {
        foreach (var child in parent.GetChildren()) AppendField(hocon, child, normalizeKeys);
    }

    private static void AppendField(StringBuilder hocon, IConfigurationSection section, bool normalizeKeys)
    {
        var children = new List<IConfigurationSection>(section.GetChildren());
        if (children.Count == 0 && section.Value is null) return;

        AppendKey(hocon, section.Key, normalizeKeys);
        AppendValue(hocon.Append(" = "), section, children, normalizeKeys);
        hocon.Append('\n');
    }

    private static void AppendValue(StringBuilder hocon, IConfigurationSection section, List<IConfigurationSection> children, bool normalizeKeys)
    {
        if (children.Count > 0 && children.TrueForAll(static child => TryGetIndex(child, out _)))
        {
            children.Sort(static (x, y) => (TryGetIndex(x, out var i) ? i : 0).CompareTo(TryGetIndex(y, out var j) ? j : 0));
            hocon.Append('[');
            for (var i = 0; i < children.Count; i++)
                AppendValue(i == 0 ? hocon : hocon.Append(','), children[i], [.. children[i].GetChildren()], normalizeKeys);
            hocon.Append(']');
        }
        else if (children.Count > 0 && section.Value is null)
        {
            AppendFields(hocon.Append("{\n"), section, normalizeKeys);
            hocon.Append('}');
        }
        else
        {
            hocon.Append('"');
            // The JSON provider spells booleans the .NET way.
            foreach (var c in section.Value switch { "True" => "on", "False" => "off", var value => value ?? "" }) HoconExtensions.AppendEscaped(hocon, c);
            hocon.Append('"');
        }
    }

    private static bool TryGetIndex(IConfigurationSection child, out int index) =>
        int.TryParse(child.Key, NumberStyles.Integer, CultureInfo.InvariantCulture, out index);

    /// <summary>Writes the path with each part quoted. A dot inside quotes belongs to its part: a type name is one key.</summary>
    private static void AppendKey(StringBuilder hocon, string key, bool normalizeKeys)
    {
        // An environment variable that starts with "__" yields an empty key, which HOCON has not.
        if (key.Length == 0) key = "\"__\"";

        var quoted = false;
        hocon.Append('"');
        foreach (var c in key)
        {
            if (c == '"') quoted = !quoted;
            else if (c == '.' && !quoted) hocon.Append("\".\"");
            else hocon.Append(c == '_' ? '-' : normalizeKeys ? char.ToLowerInvariant(c) : c);
        }
        hocon.Append('"');
    }
}
