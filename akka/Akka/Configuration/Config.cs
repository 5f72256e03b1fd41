using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A configuration: one text, or one over another. Immutable; the merged tree is built when it is first asked for,
/// and shares all objects that stand on one side only.
/// </summary>
public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    private readonly HoconValue? _own;
    private readonly Config? _upper;
    private readonly Config? _lower;
    private HoconValue? _merged;

    public Config()
    {
        Substitutions = [];
    }

    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _own = root.Value ?? throw new ArgumentNullException(nameof(root), "A configuration needs a root value.");
        Substitutions = root.Substitutions;
    }

    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        _own = source._own;
        _upper = source;
        _lower = fallback;
        Substitutions = source.Substitutions;
    }

    /// <summary>What is asked where this configuration has no value.</summary>
    public Config? Fallback => _upper?.Fallback is { } inner && !ReferenceEquals(inner, _lower) ? inner.WithFallback(_lower) : _lower;

    // Asked by every WithFallback: must not merge.
    public virtual bool IsEmpty => _upper == null ? _own is not { IsEmpty: false } : _upper.IsEmpty && _lower is not { IsEmpty: false };

    /// <summary>The merged root value; null for <c>new Config()</c>.</summary>
    public virtual HoconValue Root => (_merged ??= MergeRoots())!;

    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    /// <summary>This configuration over another one.</summary>
    /// <exception cref="ArgumentException">The fallback is this configuration itself.</exception>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback == null)
            return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <exception cref="InvalidOperationException">This configuration was made without a root.</exception>
    public virtual bool HasPath(string path) => GetNode(path) != null;

    /// <summary>The value at a path, null if there is none.</summary>
    public HoconValue? GetValue(string path) => GetNode(path);

    /// <summary>The section at a path, fallbacks included; null if there is none.</summary>
    public virtual Config? GetConfig(string path) => GetNode(path) is { } value ? new Config(new HoconRoot(value)) : null;

    public virtual bool GetBoolean(string path, bool @default = false) =>
        GetNode(path) is { } value ? HoconConvert.ToBoolean(value.GetString(), path) : @default;
    public virtual int GetInt(string path, int @default = 0) =>
        GetNode(path) is { } value ? HoconConvert.ToInt(value.GetString(), path) : @default;
    public virtual long GetLong(string path, long @default = 0) =>
        GetNode(path) is { } value ? HoconConvert.ToLong(value.GetString(), path) : @default;
    public virtual float GetFloat(string path, float @default = 0) =>
        GetNode(path) is { } value ? HoconConvert.ToFloat(value.GetString(), path) : @default;
    public virtual double GetDouble(string path, double @default = 0) =>
        GetNode(path) is { } value ? HoconConvert.ToDouble(value.GetString(), path) : @default;
    public virtual decimal GetDecimal(string path, decimal @default = 0) =>
        GetNode(path) is { } value ? HoconConvert.ToDecimal(value.GetString(), path) : @default;

    /// <summary>The text at a path; null, not the default, where the value is <c>null</c>, an object or an array.</summary>
    public virtual string? GetString(string path, string? @default = null) =>
        GetNode(path) is { } value ? value.GetString() : @default;

    /// <summary>A duration; a missing one without default is zero, <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        GetNode(path) is { } value ? HoconConvert.ToTimeSpan(value.GetString(), allowInfinite, path) : @default.GetValueOrDefault();

    /// <summary>A size in bytes; a missing one without default is null.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);
    public virtual long? GetByteSize(string path, long? def = null) =>
        GetNode(path) is { } value ? HoconConvert.ToByteSize(value.GetString(), path) : def;

    /// <exception cref="ConfigurationException">There is no value at the path.</exception>
    public virtual IList<bool> GetBooleanList(string path) => Required(path).GetBooleanList();
    public virtual IList<int> GetIntList(string path) => Required(path).GetIntList();
    public virtual IList<long> GetLongList(string path) => Required(path).GetLongList();
    public virtual IList<double> GetDoubleList(string path) => Required(path).GetDoubleList();

    /// <summary>A list of texts, the only list that may be missing: it is empty then.</summary>
    public virtual IList<string> GetStringList(string path) => GetNode(path)?.GetStringList() ?? [];
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => GetNode(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The keys of the root with their values, fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root?.GetObject()?.Items ?? [];

    /// <summary>This configuration as HOCON, without its fallbacks.</summary>
    public override string ToString() => _own?.ToString() ?? "";
    public string ToString(bool includeFallback) => includeFallback ? Root?.ToString() ?? "" : ToString();

    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));
    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    // Two threads that come first merge twice and store equal trees: no lock needed.
    private HoconValue? MergeRoots()
    {
        if (_upper == null)
            return _own;
        var upper = _upper.Root;
        if (_lower?.Root is not { } lower)
            return upper;
        if (upper == null)
            return lower;
        return lower.GetObject() is { } below && upper.GetObject() is { } above ? new HoconValue([below.MergeImmutable(above)]) : upper;
    }

    private HoconValue? GetNode(string path)
    {
        var node = Root ?? throw new InvalidOperationException("This configuration was made without a root; it has no paths.");
        var position = 0;
        while (HoconPath.TryNext(path, ref position, out var key))
        {
            if (node.GetChildObject(key) is not { } child)
                return null;
            node = child;
        }

        return node;
    }

    private HoconValue Required(string path) =>
        GetNode(path) ?? throw new ConfigurationException($"Configuration '{path}' is missing, expected a list.");
}
