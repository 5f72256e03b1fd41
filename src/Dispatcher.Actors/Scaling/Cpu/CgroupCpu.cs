using System.Globalization;

namespace Dispatcher.Actors.Scaling.Cpu;

/// <summary>
/// What the control groups of this process say of processor time: version 2 (<c>cpu.max</c>, <c>cpu.stat</c>) or version 1 (<c>cpu.cfs_*</c>,
/// <c>cpuacct.usage</c>), as the kernel's <c>cgroup-v2.rst</c> and <c>cpuacct.rst</c> describe them. A group's limit holds for all below it, so the
/// least on the way to the root counts; and the usage is read where that limit stands, because that is where the throttling happens.
/// </summary>
internal sealed class CgroupCpu
{
    private const string Mount = "/sys/fs/cgroup";

    private readonly Func<string, string?> _readFile;
    private readonly string? _limited;
    private readonly bool _isV2;

    /// <summary>Looks for the process's groups.</summary>
    /// <param name="readFile">Reads a file whole; null where there is none.</param>
    public CgroupCpu(Func<string, string?> readFile)
    {
        _readFile = readFile;
        _isV2 = readFile($"{Mount}/cgroup.controllers") != null;
        string root = _isV2 ? Mount : $"{Mount}/cpu";
        double least = double.MaxValue;
        foreach (string group in Groups(root, PathOfProcess()))
        {
            if (QuotaOf(group) is not { } quota || quota >= least)
                continue;
            least = quota;
            _limited = group;
        }
    }

    /// <summary>How many processors' time the process may use; null when no group limits it. Read anew each time: it may be changed.</summary>
    public double? QuotaCores() => _limited == null ? null : QuotaOf(_limited);

    /// <summary>The time used by all in the group whose limit counts; null when none does, or it does not say.</summary>
    public TimeSpan? Used()
    {
        if (_limited == null)
            return null;
        if (!_isV2)
            return Number(_readFile(_limited.Replace($"{Mount}/cpu", $"{Mount}/cpuacct", StringComparison.Ordinal) + "/cpuacct.usage")) is { } nanos ? TimeSpan.FromTicks(nanos / 100) : null;
        foreach (string line in Lines(_readFile($"{_limited}/cpu.stat")))
        {
            if (line.StartsWith("usage_usec ", StringComparison.Ordinal))
                return Number(line["usage_usec ".Length..]) is { } micros ? TimeSpan.FromMicroseconds(micros) : null;
        }

        return null;
    }

    // In a container with a namespace of its own, the mount's root is the process's group; without one, the path leads down to it.
    private static IEnumerable<string> Groups(string root, string path)
    {
        string group = path.TrimEnd('/');
        while (group.Length > 0)
        {
            yield return root + group;
            group = group[..Math.Max(0, group.LastIndexOf('/'))];
        }

        yield return root;
    }

    private string PathOfProcess()
    {
        foreach (string line in Lines(_readFile("/proc/self/cgroup")))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length == 3 && (_isV2 ? parts[0] == "0" : parts[1].Split(',').Contains("cpu")))
                return parts[2];
        }

        return "";
    }

    private double? QuotaOf(string group)
    {
        if (_isV2)
        {
            // "max 100000" or "quota period"
            string[] parts = _readFile($"{group}/cpu.max")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
            return parts.Length == 2 ? Cores(Number(parts[0]), Number(parts[1])) : null;
        }

        return Cores(Number(_readFile($"{group}/cpu.cfs_quota_us")), Number(_readFile($"{group}/cpu.cfs_period_us")));
    }

    // Version 1 says -1 for no limit.
    private static double? Cores(long? quota, long? period) => quota > 0 && period > 0 ? (double)quota / period : null;

    private static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;
}
