namespace Dispatcher.Actors.Configuration;

/// <content>Where values come from. Attributes of task types stand below all configuration, and above the library's defaults.</content>
internal sealed partial class SettingsSection
{
    /// <summary>What types of task declare by attribute, by the key's path in the section.</summary>
    public IReadOnlyDictionary<string, DeclaredValue> Declared { get; init; } = new Dictionary<string, DeclaredValue>();

    /// <summary>Where the value of a key comes from.</summary>
    /// <param name="key">The key.</param>
    public SettingSource SourceOf(string key)
    {
        if (_code.ContainsKey(key))
            return SettingSource.Code;
        if (FindDeclared(key) != null)
            return SettingSource.Attribute;
        // Shared defaults that repeat the library's are the library's.
        bool isDefault = !IsOwn(key) && ReferenceConfig.Pool.HasPath(key) && SettingText.Of(_defaults.GetValue(key)) == SettingText.Of(ReferenceConfig.Pool.GetValue(key));
        return isDefault ? SettingSource.Default : SettingSource.Hocon;
    }

    /// <summary>The key whose value is in force for a type of task: its own where it has one, else the pool's.</summary>
    /// <param name="type">The type's name; null for the pool's own.</param>
    /// <param name="key">The key for all types.</param>
    public string KeyFor(string? type, string key) => type == null ? key : Nearest(TaskKeys.Of(type, key), key);

    /// <summary>Notes that a value that is good by itself does not go with another.</summary>
    /// <param name="key">The key.</param>
    /// <param name="why">What it does not go with, and what would.</param>
    public void ReportConflict(string key, string why) => Report(key, Text(key), why);

    // Null where the attribute says nothing, or something goes before it.
    private DeclaredValue? FindDeclared(string key) =>
        Declared.TryGetValue(key, out DeclaredValue? declared) && !_code.ContainsKey(key) && !IsOwn(key) && !ConfigPaths.Has(_defaults, key) ? declared : null;
}
