namespace Akka.Actor;

/// <summary>Names an actor system: protocol, system name and, when it can be reached from elsewhere, host and port.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ICloneable
{
    public static readonly Address AllSystems = new("akka", "all-systems");
    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(Compare);

    private readonly string _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = Host is null ? $"{protocol}://{system}" : Port is null ? $"{protocol}://{system}@{Host}" : $"{protocol}://{system}@{Host}:{Port}";
    }

    public string Protocol { get; }
    public string System { get; }
    public string? Host { get; }
    public int? Port { get; }
    public bool HasLocalScope => string.IsNullOrEmpty(Host);
    public bool HasGlobalScope => !string.IsNullOrEmpty(Host);

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public string HostPort() => _text[(Protocol.Length + 3)..];

    public override string ToString() => _text;
    public object Clone() => new Address(Protocol, System, Host, Port);
    public bool Equals(Address? other) => ReferenceEquals(this, other) || (other is not null && string.Equals(_text, other._text, StringComparison.Ordinal));
    public override bool Equals(object? obj) => obj is Address other && Equals(other);
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
    public static bool operator ==(Address? left, Address? right) => Equals(left, right);
    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    int IComparable.CompareTo(object? obj)
    {
        if (obj is not (null or Address)) throw new ArgumentException($"An Address is comparable to an Address only, not to {obj.GetType()}.", nameof(obj));
        return CompareTo((Address?)obj);
    }

    public int CompareTo(Address? other) => Compare(this, other);

    /// <summary>Parses <c>protocol://system[@host:port]</c>.</summary>
    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed! : throw new UriFormatException($"'{address}' is no address: expected protocol://system or protocol://system@host:port.");

    public static bool TryParse(string path, out Address? address) => TryParse(path.AsSpan(), out address, out _);

    public static bool TryParse(ReadOnlySpan<char> span, out Address? address) => TryParse(span, out address, out _);

    /// <summary>Splits an absolute actor path into its address and the rest, which starts with a slash.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, out Address? address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = "/";
        var scheme = span.IndexOf("://");
        if (scheme <= 0) return false;
        var protocol = span[..scheme];
        if (protocol is not "akka" && !protocol.StartsWith("akka.")) return false;
        var rest = span[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        if (slash >= 0) absolutUri = rest[slash..];
        if (authority.IsEmpty) return false;

        var at = authority.IndexOf('@');
        if (at < 0)
        {
            address = new Address(protocol.ToString(), authority.ToString());
            return true;
        }
        var hostPort = authority[(at + 1)..];
        var colon = hostPort.LastIndexOf(':');
        if (at == 0 || colon <= 0 || !int.TryParse(hostPort[(colon + 1)..], out var port)) return false;
        address = new Address(protocol.ToString(), authority[..at].ToString(), hostPort[..colon].ToString(), port);
        return true;
    }

    private static int Compare(Address? x, Address? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return -1;
        if (y is null) return 1;
        var result = string.CompareOrdinal(x.Protocol, y.Protocol);
        if (result == 0) result = string.CompareOrdinal(x.System, y.System);
        if (result == 0) result = string.CompareOrdinal(x.Host ?? "", y.Host ?? "");
        return result != 0 ? result : (x.Port ?? 0).CompareTo(y.Port ?? 0);
    }
}
