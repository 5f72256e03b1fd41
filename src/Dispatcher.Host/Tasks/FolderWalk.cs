using System.IO.Enumeration;

namespace Dispatcher.Host.Tasks;

/// <summary>
/// Every regular file below a folder, found lazily: what is pending is the unread folders along one path, never the whole tree.
/// Links are not followed (so there are no loops), pipes, sockets, devices and pseudo file systems are left out; all of that is counted.
/// Enumerate it once.
/// </summary>
/// <param name="root">Absolute path of the folder.</param>
/// <param name="pseudo">Folders to leave out.</param>
/// <param name="except">Absolute path of one file to leave out: the one that the run itself writes.</param>
/// <param name="onUnreadable">Told of every folder that cannot be listed.</param>
internal sealed class FolderWalk(
    string root, PseudoFileSystems pseudo, string? except = null, Action<string, Exception>? onUnreadable = null)
{
    private static readonly EnumerationOptions s_everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>Links met and not followed.</summary>
    public long Links { get; private set; }

    /// <summary>Pipes, sockets, devices and pseudo file systems met and left out.</summary>
    public long Special { get; private set; }

    /// <summary>Folders listed, the root included.</summary>
    public long Folders { get; private set; }

    public IEnumerable<string> Files()
    {
        var pending = new Stack<string>();
        pending.Push(root);
        while (pending.TryPop(out string? folder))
        {
            Folders++;
            using var entries = Open(folder);
            while (entries is not null && TryMove(entries, folder))
            {
                string path = entries.Current;
                switch (FileKinds.Of(path))
                {
                    case FileKind.Link:
                        Links++;
                        break;
                    case FileKind.Folder when !pseudo.IsMountPoint(path):
                        pending.Push(path);
                        break;
                    case FileKind.Special or FileKind.Folder:
                        Special++;
                        break;
                    default: // gone meanwhile, or its name is not valid text: the hasher says so
                        if (path != except)
                            yield return path;
                        break;
                }
            }
        }
    }

    private IEnumerator<string>? Open(string folder)
    {
        try
        {
            return new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), s_everything)
                .GetEnumerator();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onUnreadable?.Invoke(folder, error);
            return null;
        }
    }

    private bool TryMove(IEnumerator<string> entries, string folder)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onUnreadable?.Invoke(folder, error);
            return false;
        }
    }
}
