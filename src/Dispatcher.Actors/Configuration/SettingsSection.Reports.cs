using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Dispatcher.Actors.Configuration;

/// <content>What is wrong: values without effect, keys that nobody knows, values where a section has to be.</content>
internal sealed partial class SettingsSection
{
    /// <summary>What stands in messages for a value that may be a secret.</summary>
    public const string Hidden = "...";

    private const string OneOfThese = "expected one of ";

    /// <summary>What works and is hardly meant.</summary>
    public List<SettingsError> Doubts { get; init; } = [];

    // The key of a value that may be a secret.
    private string? _secret;

    /// <summary>A part of the configuration; empty where there is none.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="path">The part's path.</param>
    /// <param name="errors">Where it goes when something else stands there than a section.</param>
    public static Config Of(Config config, string path, List<SettingsError> errors)
    {
        if (!ConfigPaths.Has(config, path) || config.GetValue(path) is not { } value)
            return Config.Empty;
        if (value.IsObject())
            return config.GetConfig(path) ?? Config.Empty;
        SettingsError error = new(path, Hidden, "expected a section");
        if (!errors.Contains(error))
            errors.Add(error);
        return Config.Empty;
    }

    /// <summary>Notes that a value is not allowed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">What is.</param>
    public void ReportBad(string key, string value, string expected) => Report(key, value, expected);

    /// <summary>Notes that one name of a list has no effect.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">The name.</param>
    /// <param name="why">What would have to be otherwise.</param>
    public void ReportNoEffect(string key, string name, string why) => Report(key, name, $"has no effect: {why}");

    /// <summary>Notes that a key is set and has no effect.</summary>
    /// <param name="key">The key.</param>
    /// <param name="why">What would have to be otherwise.</param>
    public void ReportNoEffect(string key, string why)
    {
        if (IsSet(key))
            Report(key, Text(key), $"has no effect: {why}");
    }

    /// <summary>Notes that a section has no effect.</summary>
    /// <param name="key">The section.</param>
    /// <param name="why">What would have to be otherwise.</param>
    public void ReportIdle(string key, string why) => Report(key, null, $"has no effect: {why}");

    /// <summary>Notes that what stands below a key cannot be.</summary>
    /// <param name="key">The section.</param>
    /// <param name="why">Why, and what could be.</param>
    public void ReportConflictAt(string key, string why) => Report(key, null, why);

    /// <summary>Notes that a value works, and is hardly meant: who starts the pool is warned.</summary>
    /// <param name="key">The key.</param>
    /// <param name="why">Why, and what is expected.</param>
    public void ReportDoubt(string key, string why)
    {
        SettingsError doubt = ErrorAt(key, Text(key), why);
        if (!Doubts.Contains(doubt))
            Doubts.Add(doubt);
    }

    /// <summary>Notes every key that was read below another one, is set and has no effect.</summary>
    /// <param name="parent">The key above them.</param>
    /// <param name="why">What would have to be otherwise.</param>
    /// <param name="except">One that has an effect all the same; null for none.</param>
    public void ReportNoEffectBelow(string parent, string why, string? except)
    {
        // A copy, because a look at a key's value notes it as known.
        foreach (string key in _known.Where(key => key != except && key.StartsWith(parent + ".", StringComparison.Ordinal)).ToList())
            ReportNoEffect(key, why);
    }

    /// <summary>Notes every key of the section that was not read: nobody knows it. Call last.</summary>
    public void ReportUnknown()
    {
        ReportUnknown(_own, "");
        foreach (string key in _code.Keys)
        {
            if (!_known.Contains(key))
                ReportUnknown(key);
        }
    }

    private void ReportUnknown(Config section, string prefix)
    {
        if (section.IsEmpty)
            return;
        foreach (KeyValuePair<string, HoconValue> entry in section.AsEnumerable())
        {
            string key = prefix + entry.Key;
            if (_known.Contains(key))
                continue;
            if (!_open.Contains(key) && !IsPrefix(key))
                ReportUnknown(key);
            else if (entry.Value.IsObject())
                ReportUnknown(entry.Value.ToConfig(), key + ".");
            else
                Report(key, _secret?.StartsWith(key + ".", StringComparison.Ordinal) == true ? Hidden : SettingText.Of(entry.Value), ExpectedIn(key));
        }
    }

    private void ReportUnknown(string key) =>
        Report(key, null, Suggestions.For(key, _known) is { } near ? $"unknown setting; did you mean '{near}'?" : "unknown setting");

    private bool IsPrefix(string key)
    {
        foreach (string known in _known)
        {
            if (known.Length > key.Length && known[key.Length] == '.' && known.StartsWith(key, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // Of a section with names of the application's choice, no names can be told.
    private string ExpectedIn(string section)
    {
        IEnumerable<string> below = _known.Where(known => known.StartsWith(section + ".", StringComparison.Ordinal)).Select(known => known[(section.Length + 1)..].Split('.')[0]);
        return _open.Contains(section) ? "expected a section" : $"expected a section of {string.Join(", ", below.Distinct().Order(StringComparer.Ordinal))}";
    }

    // A value that several settings fall back to is read for each of them, and reported once.
    private void Report(string key, string? value, string expected)
    {
        SettingsError error = ErrorAt(key, value, expected);
        if (!_errors.Contains(error))
            _errors.Add(error);
    }

    private SettingsError ErrorAt(string key, string? value, string expected)
    {
        if (FindDeclared(key) is not { } declared)
            return new SettingsError($"{_path}.{key}", value, expected);
        // One value may stand for several settings; what is allowed is told in its own words.
        string allowed = declared.Value is Enum && expected.StartsWith(OneOfThese, StringComparison.Ordinal)
            ? OneOfThese + string.Join(", ", Enum.GetNames(declared.Value.GetType()))
            : expected;
        return new SettingsError(declared.Path, Convert.ToString(declared.Value, CultureInfo.InvariantCulture), allowed);
    }
}
