using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Endpoints;

/// <summary>
/// The one folder whose files HTTP callers may name. A path is followed through all its links before it is compared, so neither ".." nor a
/// link leads out. Whoever may write into the folder can still exchange a file between this check and the read.
/// </summary>
/// <param name="root">Absolute path without links.</param>
internal sealed class ServedFolder(string root)
{
    public string Root => root;

    /// <summary>The file's real path, or null when it lies outside, leads round in links or is no path.</summary>
    /// <param name="path">Absolute, or relative to the folder.</param>
    public string? Resolve(string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
            return null;
        string? real = RealPath.Of(Path.Combine(root, path)); // not normalised before: ".." after a link means the link's target's parent
        return real is not null && RealPath.IsInside(root, real) ? real : null;
    }
}
