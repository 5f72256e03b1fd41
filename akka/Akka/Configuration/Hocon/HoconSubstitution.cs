namespace Akka.Configuration.Hocon;

/// <summary>A reference to another value of the same text: <c>${path}</c>, or <c>${?path}</c> that may be missing.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    public HoconSubstitution(string path) => Path = path;

    /// <summary>The full path of the value that stands in for this element.</summary>
    public string Path { get; set; }

    public HoconValue? ResolvedValue { get; set; }

    internal bool IsOptional { get; init; }

    /// <summary>Refers to the earlier value of its own key, so it is never looked up by path.</summary>
    internal bool IsBound { get; init; }

    /// <summary>Line and column, for messages.</summary>
    internal string Position { get; init; } = "";

    internal LinkState State { get; set; }

    public bool IsString() => ResolvedValue is { } value && value.IsString();
    public string? GetString() => ResolvedValue?.GetString();
    public bool IsArray() => ResolvedValue is { } value && value.IsArray();
    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];
    public bool IsObject() => GetObject() != null;
    public HoconObject? GetObject() => ResolvedValue?.GetObject();
    public override string ToString() => IsOptional ? "${?" + Path + "}" : "${" + Path + "}";

    internal enum LinkState
    {
        Open,
        Linking,
        Linked,
    }
}
