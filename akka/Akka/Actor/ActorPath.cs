using System.Text;

namespace Akka.Actor;

/// <summary>Where an actor stands in its system's tree; the uid tells incarnations of one name apart.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>Characters that a name may have beside letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly string _name;
    private readonly ActorPath? _parent;

    protected ActorPath(Address address, string name)
    {
        Address = address;
        _name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Address = parentPath.Address;
        _name = name;
        Uid = uid;
    }

    public Address Address { get; }
    public string Name => _name;
    public long Uid { get; }
    public ActorPath Parent => _parent ?? this;

    public ActorPath Root
    {
        get
        {
            var path = this;
            while (path._parent is not null) path = path._parent;
            return path;
        }
    }

    /// <summary>0 for the root.</summary>
    public int Depth
    {
        get
        {
            var depth = 0;
            for (var path = _parent; path is not null; path = path._parent) depth++;
            return depth;
        }
    }

    /// <summary>The names from the root down, the root itself left out.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var path = this;
            for (var i = elements.Length - 1; i >= 0; i--, path = path.Parent) elements[i] = path.Name;
            return elements;
        }
    }

    public ActorPath WithUid(long uid) => this is RootActorPath || uid == Uid ? this : new ChildActorPath(Parent, Name, uid);

    public ActorPath Child(string childName) => this / childName;

    public ActorPath ParentOf(int depth)
    {
        var path = this;
        for (var i = Depth - depth; i > 0; i--) path = path.Parent;
        return path;
    }

    public static ActorPath operator /(ActorPath path, string name)
    {
        var (nameOnly, uid) = SplitNameAndUid(name);
        return new ChildActorPath(path, nameOnly, uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
            if (!string.IsNullOrEmpty(element)) path /= element;
        return path;
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>Not empty, not starting with $, of ASCII letters, digits, <see cref="ValidSymbols"/> or %XX.</summary>
    public static bool IsValidPathElement(string s) => !string.IsNullOrEmpty(s) && s[0] != '$' && IndexOfInvalid(s) < 0;

    internal static int IndexOfInvalid(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(s[i]) || ValidSymbols.Contains(s[i])) continue;
            if (s[i] == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2])) i += 2;
            else return i;
        }
        return -1;
    }

    internal static (string Name, long Uid) SplitNameAndUid(string name)
    {
        var hash = name.IndexOf('#');
        return hash < 0 || !long.TryParse(name.AsSpan(hash + 1), out var uid) ? (name, ActorCell.UndefinedUid) : (name[..hash], uid);
    }

    /// <exception cref="UriFormatException">The text is no absolute actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed! : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath? actorPath)
    {
        actorPath = null;
        return Address.TryParse(path.AsSpan(), out var address, out var rest) && TryParse(new RootActorPath(address!), rest, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath? actorPath) => TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath? actorPath)
    {
        actorPath = null;
        var path = basePath;
        var hash = absoluteUri.LastIndexOf('#');
        var uid = (long)ActorCell.UndefinedUid;
        if (hash >= 0)
        {
            if (!long.TryParse(absoluteUri[(hash + 1)..], out uid)) return false;
            absoluteUri = absoluteUri[..hash];
        }
        foreach (var range in absoluteUri.Split('/'))
        {
            var element = absoluteUri[range];
            if (!element.IsEmpty) path = new ChildActorPath(path, element.ToString(), ActorCell.UndefinedUid);
        }
        actorPath = uid == ActorCell.UndefinedUid ? path : path.WithUid(uid);
        return true;
    }

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join("/", pathElements);

    public string ToStringWithoutAddress()
    {
        var builder = new StringBuilder();
        foreach (var element in Elements) builder.Append('/').Append(element);
        return builder.Length == 0 ? "/" : builder.ToString();
    }

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>With <paramref name="address"/> in front unless this path already has a host of its own.</summary>
    public string ToStringWithAddress(Address address) => (Address.Host is null ? address : Address) + ToStringWithoutAddress();

    public string ToStringWithUid() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormat() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormatWithAddress(Address address) => AppendUid(ToStringWithAddress(address));

    public override string ToString() => ToStringWithAddress();

    private string AppendUid(string path) => Uid == ActorCell.UndefinedUid ? path : path + "#" + Uid;

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Depth != other.Depth || !Address.Equals(other.Address)) return false;
        // The root's name counts too: references without a place in a tree (Nobody, the stdout logger) differ by nothing else.
        for (ActorPath? a = this, b = other; a is not null && b is not null; a = a._parent, b = b._parent)
        {
            if (ReferenceEquals(a, b)) return true;
            if (!string.Equals(a._name, b._name, StringComparison.Ordinal)) return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Address);
        for (var path = this; path is ChildActorPath; path = path.Parent) hash.Add(path.Name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public int CompareTo(ActorPath? other)
    {
        if (other is null) return 1;
        var byAddress = Address.CompareTo(other.Address);
        if (byAddress != 0) return byAddress;
        IReadOnlyList<string> mine = Elements, theirs = other.Elements;
        for (var i = 0; i < mine.Count && i < theirs.Count; i++)
        {
            var byName = string.CompareOrdinal(mine[i], theirs[i]);
            if (byName != 0) return byName;
        }
        return mine.Count.CompareTo(theirs.Count);
    }
}

/// <summary>The top of a system's tree.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "") : base(address, name) { }
}

/// <summary>A named place below a parent.</summary>
public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(parentPath, name, uid) { }
}

/// <summary>Splits a relative or root-relative path into its elements.</summary>
public static class RelativeActorPath
{
    public static IEnumerable<string>? Unapply(string addr)
    {
        if (addr.Contains("://", StringComparison.Ordinal)) return null;
        var hash = addr.LastIndexOf('#');
        var path = hash < 0 ? addr : addr[..hash];
        var elements = path.Split('/');
        if (hash >= 0) elements[^1] += addr[hash..];
        return elements;
    }
}
