namespace Dispatcher.Host.Tasks;

/// <summary>Where a path leads once every link on it is followed.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40; // as Linux

    /// <summary>The path without links, or null when it runs into a loop of links. Parts that do not exist are kept as they are.</summary>
    /// <param name="path">An absolute path.</param>
    public static string? Of(string path)
    {
        string root = Path.GetPathRoot(path) ?? "";
        var rest = new Stack<string>();
        PushParts(rest, path[root.Length..]);
        string real = root;
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }
            string next = Path.Combine(real, part);
            if (LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MaxLinks)
                return null;
            string targetRoot = Path.GetPathRoot(target) ?? "";
            if (targetRoot.Length > 0)
                real = targetRoot;
            PushParts(rest, target[targetRoot.Length..]);
        }
        return real;
    }

    /// <summary>Whether a path without links is the folder itself or lies below it.</summary>
    public static bool IsInside(string folder, string path)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.Equals(folder, comparison)
            || (path.StartsWith(folder, comparison)
                && (Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar));
    }

    private static void PushParts(Stack<string> rest, string path)
    {
        string[] parts = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (int i = parts.Length - 1; i >= 0; i--)
            rest.Push(parts[i]);
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // not there, or not to be seen: opening it will say so
        }
    }
}
