using Akka.Configuration;

namespace Dispatcher.Host.Cli;

/// <summary>What <c>run</c> was asked to do.</summary>
internal sealed record RunSettings
{
    public const int DefaultPort = 5080;

    /// <summary>Absolute path of the folder, links resolved. It is also the only one whose files <c>POST /tasks</c> may name.</summary>
    public required string Folder { get; init; }

    /// <summary>Loopback port, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Workers, 1 to 1024; null takes the pool's own default.</summary>
    public int? Workers { get; init; }

    /// <summary>Settings that go before the defaults; null for none.</summary>
    public Config? Settings { get; init; }

    /// <summary>Stop after the report.</summary>
    public bool Exit { get; init; }

    /// <summary>The report as JSON on standard output; all else goes to standard error.</summary>
    public bool Json { get; init; }

    /// <summary>Absolute path of the checksum file to write, or null.</summary>
    public string? Output { get; init; }
}
