namespace Dispatcher.Host.Tasks;

/// <summary>
/// Folders whose "files" are windows into the kernel (/proc, /sys): some never end, some block their reader. A walk leaves them out, and a
/// folder inside one is refused. Known on Linux only, from the kernel's table of mounts.
/// </summary>
internal sealed class PseudoFileSystems
{
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        "proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs", "bpf", "pstore", "mqueue",
        "configfs", "fusectl", "efivarfs", "binfmt_misc", "autofs", "rpc_pipefs", "nsfs", "selinuxfs",
    };

    private readonly Dictionary<string, string> _types;

    private PseudoFileSystems(Dictionary<string, string> types) => _types = types;

    /// <summary>The mounts of this machine; none where they cannot be read.</summary>
    public static PseudoFileSystems Current()
    {
        const string table = "/proc/self/mountinfo";
        try
        {
            return File.Exists(table) ? Parse(File.ReadLines(table)) : new([]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new([]); // a sandbox without /proc has no pseudo files to fear
        }
    }

    /// <summary>Reads lines of proc(5) mountinfo: the fifth field is the mount point, the first after " - " the type.</summary>
    public static PseudoFileSystems Parse(IEnumerable<string> lines)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash < 5 || dash + 1 >= fields.Length)
                continue;
            string point = fields[4].Replace("\\040", " ", StringComparison.Ordinal);
            if (s_types.Contains(fields[dash + 1]))
                types[point] = fields[dash + 1];
            else
                types.Remove(point); // mounted over: the last one is what a path reaches
        }
        return new(types);
    }

    /// <summary>Whether a pseudo file system is mounted exactly there.</summary>
    public bool IsMountPoint(string folder) => _types.Count > 0 && _types.ContainsKey(folder);

    /// <summary>The type of the pseudo file system that the folder lies in, or null.</summary>
    public string? TypeOf(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (_types.TryGetValue(at, out string? type))
                return type;
        return null;
    }
}
