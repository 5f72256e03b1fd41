namespace Dispatcher.Actors.Configuration;

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Path">Where: the full path of the setting.</param>
/// <param name="Value">What stands there; null where it is the key itself that is wrong.</param>
/// <param name="Expected">What is allowed there.</param>
public sealed record SettingsError(string Path, string? Value, string Expected)
{
    /// <inheritdoc/>
    public override string ToString() => Value == null ? $"{Path}: {Expected}" : $"{Path} = {SettingText.Show(Value)}: {Expected}";
}
