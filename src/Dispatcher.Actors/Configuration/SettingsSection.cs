using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Dispatcher.Actors.Configuration;

/// <summary>
/// Reads one section of the configuration: code's values first, then the section, then its defaults. Notes what is wrong and goes on, so that one
/// start reports all errors.
/// </summary>
internal sealed partial class SettingsSection
{
    private readonly string _path;
    private readonly Config _own;
    private readonly Config _defaults;
    private readonly IReadOnlyDictionary<string, object> _code;
    private readonly List<SettingsError> _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Makes a reader.</summary>
    /// <param name="path">The section's path, for messages.</param>
    /// <param name="own">The section.</param>
    /// <param name="defaults">Its defaults.</param>
    /// <param name="code">What was set by code, by the key's path in the section.</param>
    /// <param name="errors">Where errors go.</param>
    public SettingsSection(string path, Config own, Config defaults, IReadOnlyDictionary<string, object> code, List<SettingsError> errors)
    {
        _path = path;
        _own = own;
        _defaults = defaults;
        _code = code;
        _errors = errors;
    }

    /// <summary>Whether the section, code or a type's attribute sets a key itself.</summary>
    /// <param name="key">The key.</param>
    public bool IsSet(string key) => _code.ContainsKey(key) || _own.HasPath(key) || FindDeclared(key) != null;

    /// <summary>Whether a key has another value than its default. For sections that stand in the reference as they are.</summary>
    /// <param name="key">The key.</param>
    public bool Differs(string key) => _code.ContainsKey(key) || (_own.HasPath(key) && Print(_own, key) != Print(_defaults, key));

    /// <summary>Whether a key holds a whole number, of whatever size; nothing is noted.</summary>
    /// <param name="key">The key.</param>
    /// <param name="number">The number.</param>
    public bool IsNumber(string key, out int number) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <param name="auto">What <c>auto</c> means; null where it is not allowed.</param>
    public int Number(string key, int min, int max, int? auto = null)
    {
        string text = Text(key);
        if (auto is { } value && text == "auto")
            return value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            return number;
        Report(key, text, $"expected a whole number from {min} to {max}{(auto == null ? "" : ", or auto")}");
        return Math.Clamp(number, min, Math.Max(min, max));
    }

    /// <summary>A duration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max)
    {
        string text = Text(key);
        if (Durations.TryParse(text, out TimeSpan duration) && duration >= min && duration <= max)
            return duration;
        Report(key, text, $"expected a duration from {Durations.Print(min)} to {Durations.Print(max)}");
        return min;
    }

    /// <summary>A duration, or <c>off</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <returns>The duration; null for off.</returns>
    public TimeSpan? DurationOrOff(string key, TimeSpan min, TimeSpan max)
    {
        string text = Text(key);
        if (text == "off")
            return null;
        if (Durations.TryParse(text, out TimeSpan duration) && duration >= min && duration <= max)
            return duration;
        Report(key, text, $"expected a duration from {Durations.Print(min)} to {Durations.Print(max)}, or off");
        return null;
    }

    /// <summary>A whole number, or <c>off</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <returns>The number; null for off.</returns>
    public int? NumberOrOff(string key, int min, int max)
    {
        string text = Text(key);
        if (text == "off")
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            return number;
        Report(key, text, $"expected a whole number from {min} to {max}, or off");
        return null;
    }

    /// <summary>Several texts: a list, or one text with commas between them.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isGood">Whether a text is allowed.</param>
    /// <param name="expected">What is allowed, for messages.</param>
    public IReadOnlyList<string> Texts(string key, Func<string, bool> isGood, string expected)
    {
        IReadOnlyList<string> texts = ListOf(key);
        string? bad = texts.FirstOrDefault(text => !isGood(text));
        if (bad == null)
            return texts;
        Report(key, bad, expected);
        return [];
    }

    /// <summary>Whether a key has a value anywhere: in code, in the section, in its defaults. For keys without a default of their own.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key)
    {
        _known.Add(key);
        return IsSet(key) || _defaults.HasPath(key);
    }

    /// <summary>The names right below a key, where there may be any: in code, in the section, in its defaults.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyCollection<string> Children(string key)
    {
        _open.Add(key);
        SortedSet<string> children = new(StringComparer.Ordinal);
        foreach (Config source in new[] { _own, _defaults })
        {
            if (source.HasPath(key) && source.GetConfig(key) is { IsEmpty: false } below)
                children.UnionWith(below.AsEnumerable().Select(entry => entry.Key));
        }

        string prefix = key + ".";
        foreach (string path in _code.Keys.Concat(Declared.Keys).Where(path => path.StartsWith(prefix, StringComparison.Ordinal)))
            children.Add(path[prefix.Length..].Split('.')[0]);
        return children;
    }

    /// <summary>The key to read where a type of task may have a value of its own.</summary>
    /// <param name="own">Its own key.</param>
    /// <param name="shared">The key that counts where the other one has no value.</param>
    public string Nearest(string own, string shared) => Has(own) ? own : shared;

    /// <summary>A number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    public double Real(string key, double min, double max) => Real(key, min, max, "") ?? min;

    /// <summary>A number, or <c>auto</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <param name="auto">What <c>auto</c> means.</param>
    public double Real(string key, double min, double max, double auto) =>
        Text(key) == "auto" ? auto : Real(key, min, max, ", or auto") ?? min;

    /// <summary>A number, or <c>off</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <returns>The number; null for off.</returns>
    public double? RealOrOff(string key, double min, double max) => Text(key) == "off" ? null : Real(key, min, max, ", or off");

    /// <summary><c>on</c> or <c>off</c>.</summary>
    /// <param name="key">The key.</param>
    public bool OnOrOff(string key) => OneOf(key, ("on", true), ("off", false));

    /// <summary>One of several words.</summary>
    /// <typeparam name="T">What the words mean.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="words">The words and their meanings.</param>
    public T OneOf<T>(string key, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        string text = Text(key);
        List<string> allowed = [];
        foreach ((string word, T meaning) in words)
        {
            if (word == text)
                return meaning;
            allowed.Add(word);
        }

        Report(key, text, $"expected one of {string.Join(", ", allowed)}");
        return words[0].Meaning;
    }

    /// <summary>A text that is not empty.</summary>
    /// <param name="key">The key.</param>
    public string Name(string key)
    {
        string text = Text(key);
        if (text.Length == 0)
            Report(key, text, "expected a text");
        return text;
    }

    /// <summary>A list of names, which may be empty.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> Names(string key)
    {
        _known.Add(key);
        if (_code.TryGetValue(key, out object? value))
            return value is IEnumerable<string> names ? [.. names] : [Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""];
        return [.. (_own.HasPath(key) ? _own : _defaults).GetStringList(key)];
    }

    /// <summary>A list of words, which may be empty.</summary>
    /// <typeparam name="T">What the words mean.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="words">The words and their meanings.</param>
    public IReadOnlyList<T> Words<T>(string key, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        List<T> meanings = [];
        foreach (string name in Names(key))
        {
            int index = 0;
            while (index < words.Length && words[index].Word != name)
                index++;
            if (index < words.Length)
                meanings.Add(words[index].Meaning);
            else
                Report(key, name, $"expected some of {string.Join(", ", words.ToArray().Select(static word => word.Word))}");
        }

        return meanings;
    }

    /// <summary>An address of the web, or <c>off</c>. What follows its host may be a secret, and is in no message.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The address; null for off.</returns>
    public Uri? UrlOrOff(string key)
    {
        string text = Text(key);
        if (text == "off")
            return null;
        bool isUrl = Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (isUrl && url is { UserInfo: "", Fragment: "", Host.Length: > 0 })
            return url;
        Report(key, isUrl ? $"{url!.Scheme}://{url.Host}/..." : "...", "expected an absolute URL with http or https, without user and fragment, or off");
        return null;
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
            Report(key, _code.ContainsKey(key) ? Text(key) : Print(_own, key), $"has no effect: {why}");
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

    private double? Real(string key, double min, double max, string orElse)
    {
        string text = Text(key);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max)
            return number;
        Report(key, text, string.Create(CultureInfo.InvariantCulture, $"expected a number from {min} to {max}{orElse}"));
        return null;
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
            if (entry.Value.IsObject() && (_open.Contains(key) || IsPrefix(key)))
                ReportUnknown(entry.Value.ToConfig(), key + ".");
            else
                ReportUnknown(key);
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

    private static string Print(Config source, string key) =>
        source.GetValue(key) is { } value && value.IsArray() ? $"[{string.Join(", ", source.GetStringList(key))}]" : source.GetString(key, "") ?? "";

    private string Text(string key)
    {
        _known.Add(key);
        if (_code.TryGetValue(key, out object? value))
            return value is TimeSpan span ? Durations.Print(span) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (FindDeclared(key) is { } declared)
            return declared.Text;
        Config source = _own.HasPath(key) ? _own : _defaults;
        return source.GetString(key, "") ?? "";
    }

    private string[] ListOf(string key)
    {
        Config source = _own.HasPath(key) ? _own : _defaults;
        if (!_code.ContainsKey(key) && source.HasPath(key) && source.GetValue(key) is { } value && value.IsArray())
        {
            _known.Add(key);
            return [.. source.GetStringList(key)];
        }

        return Text(key).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    // A value that several settings fall back to is read for each of them, and reported once.
    private void Report(string key, string? value, string expected)
    {
        SettingsError error = FindDeclared(key) is { } declared
            ? new SettingsError(declared.Path, Convert.ToString(declared.Value, CultureInfo.InvariantCulture), expected)
            : new SettingsError($"{_path}.{key}", value, expected);
        if (!_errors.Contains(error))
            _errors.Add(error);
    }
}
