using System.Buffers;
using System.Globalization;
using Akka.Configuration;

namespace Dispatcher.Actors.Configuration;

/// <summary>
/// Reads one section of the configuration: code's values first, then the section, then its defaults. Notes what is wrong and goes on, so that one
/// start reports all errors.
/// </summary>
internal sealed partial class SettingsSection
{
    private const int MaxAliases = 20;

    private static readonly SearchValues<char> s_pathLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

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
    public bool IsSet(string key) => _code.ContainsKey(key) || IsOwn(key) || FindDeclared(key) != null;

    /// <summary>Whether a key has another value than its default. For sections that stand in the reference as they are.</summary>
    /// <param name="key">The key.</param>
    public bool Differs(string key) => _code.ContainsKey(key) || (IsOwn(key) && SettingText.Of(_own.GetValue(key)) != SettingText.Of(_defaults.GetValue(key)));

    /// <summary>Whether a key holds a whole number, of whatever size; nothing is noted.</summary>
    /// <param name="key">The key.</param>
    /// <param name="number">The number.</param>
    public bool IsNumber(string key, out int number) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A key's value as messages show it.</summary>
    /// <param name="key">The key.</param>
    public string Show(string key) => Text(key);

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
        return min;
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

    /// <summary>The duration at a key that was read; null for off.</summary>
    /// <param name="key">The key.</param>
    public TimeSpan? SpanOf(string key) => Durations.TryParse(Text(key), out TimeSpan duration) ? duration : null;

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

    /// <summary>Whether a key has a value anywhere: in code, in the section, in its defaults. For keys without a default of their own.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key)
    {
        _known.Add(key);
        return IsSet(key) || ConfigPaths.Has(_defaults, key);
    }

    /// <summary>The names right below a key, where there may be any: in code, in the section, in its defaults.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyCollection<string> Children(string key)
    {
        _open.Add(key);
        return Children(key, [_own, _defaults]);
    }

    /// <summary>Those of them that code, a type's attribute or the section itself names.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyCollection<string> OwnChildren(string key) => Children(key, [_own]);

    private SortedSet<string> Children(string key, ReadOnlySpan<Config> sources)
    {
        SortedSet<string> children = new(StringComparer.Ordinal);
        foreach (Config source in sources)
        {
            if (ConfigPaths.Has(source, key) && source.GetConfig(key) is { IsEmpty: false } below)
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

        Report(key, text, OneOfThese + string.Join(", ", allowed));
        return words[0].Meaning;
    }

    /// <summary>The path of another part of the configuration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="config">The whole configuration.</param>
    /// <param name="what">What has to stand there, for messages.</param>
    public string SectionPath(string key, Config config, string what)
    {
        string path = Text(key);
        // What the reference names is Akka's or the library's own, and there in every system.
        if (path == ReferenceConfig.Pool.GetString(key))
            return path;
        if (!IsSection(config, path, MaxAliases))
            Report(key, path, $"expected {what}");
        return path;
    }

    /// <summary>The name of a class that Akka makes an object of.</summary>
    /// <param name="key">The key.</param>
    /// <param name="derivedFrom">What it has to be.</param>
    /// <param name="what">What has to stand there, for messages.</param>
    public void TypeOf(string key, Type derivedFrom, string what)
    {
        string name = Text(key);
        if (!IsClass(name, derivedFrom))
            Report(key, name, $"expected {what}");
    }

    /// <summary>An address of the web, or <c>off</c>. What follows its host may be a secret, and is in no message.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The address; null for off.</returns>
    public Uri? UrlOrOff(string key)
    {
        _secret = key;
        string text = Text(key);
        if (text == "off")
            return null;
        bool isUrl = Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (isUrl && url is { UserInfo: "", Fragment: "", Host.Length: > 0 })
            return url;
        Report(key, isUrl ? $"{url!.Scheme}://{url.Host}/..." : Hidden, "expected an absolute URL with http or https, without user and fragment, or off");
        return null;
    }

    // A text in its place is the path of another one.
    private static bool IsSection(Config config, string path, int aliases) =>
        path.Length > 0 && !path.AsSpan().ContainsAnyExcept(s_pathLetters) && ConfigPaths.Has(config, path) && config.GetValue(path) is { } value
        && (value.IsObject() || (aliases > 0 && value.IsString() && IsSection(config, value.GetString() ?? "", aliases - 1)));

    private static bool IsClass(string name, Type derivedFrom)
    {
        try
        {
            return name.Length > 0 && Type.GetType(name) is { IsAbstract: false } found && derivedFrom.IsAssignableFrom(found);
        }
        catch (Exception error) when (error is ArgumentException or IOException or BadImageFormatException or TypeLoadException)
        {
            return false; // a name that is none, or an assembly that cannot be read
        }
    }

    private double? Real(string key, double min, double max, string orElse)
    {
        string text = Text(key);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max)
            return number;
        Report(key, text, string.Create(CultureInfo.InvariantCulture, $"expected a number from {min:0.######} to {max:0.######}{orElse}"));
        return null;
    }

    private bool IsOwn(string key) => ConfigPaths.Has(_own, key);

    private string Text(string key)
    {
        _known.Add(key);
        if (_code.TryGetValue(key, out object? value))
            return value is TimeSpan span ? Durations.Print(span) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (FindDeclared(key) is { } declared)
            return declared.Text;
        return SettingText.Of((IsOwn(key) ? _own : _defaults).GetValue(key));
    }
}
