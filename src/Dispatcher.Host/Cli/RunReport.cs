namespace Dispatcher.Host.Cli;

/// <summary>The figures of one run.</summary>
internal sealed record RunReport
{
    public required string Folder { get; init; }
    public required string Engine { get; init; }
    public required string Pool { get; init; }
    public required int Workers { get; init; }

    /// <summary>Files in flight at most.</summary>
    public required int Window { get; init; }

    /// <summary>False when the run was stopped before the folder's end.</summary>
    public required bool Complete { get; init; }

    public required TimeSpan Duration { get; init; }
    public required long Hashed { get; init; }
    public required long Bytes { get; init; }

    /// <summary>Files without a hash.</summary>
    public required long Failed { get; init; }

    public required long Folders { get; init; }

    /// <summary>Symbolic links, not followed.</summary>
    public required long Links { get; init; }

    /// <summary>Pipes, sockets, devices and pseudo file systems, left out.</summary>
    public required long Special { get; init; }

    /// <summary>From submit to outcome.</summary>
    public required LatencyHistogram.Counts Total { get; init; }

    /// <summary>In the handler.</summary>
    public required LatencyHistogram.Counts Hashing { get; init; }

    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    /// <summary>Null when nothing was hashed, or the run was stopped.</summary>
    public required Comparison? Comparison { get; init; }

    /// <summary>The checksum file, if one was written.</summary>
    public required string? Output { get; init; }

    public double FilesPerSecond => Duration > TimeSpan.Zero ? (Hashed + Failed) / Duration.TotalSeconds : 0;

    public double BytesPerSecond => Duration > TimeSpan.Zero ? Bytes / Duration.TotalSeconds : 0;

    /// <summary>Whether every file got its hash or the file system's own refusal, and no hash was found wrong.</summary>
    public bool IsSound => Failures.All(group => group.Reason.IsOfTheFile) && Comparison is not { Different.Count: > 0 };
}
