using System.Runtime.InteropServices;

namespace Dispatcher.Host.Tasks;

/// <summary>What stands at a path, links not followed.</summary>
internal enum FileKind : byte
{
    /// <summary>Nothing, or it cannot be seen.</summary>
    Unknown,
    Regular,
    Folder,
    /// <summary>A symbolic link or another reparse point.</summary>
    Link,
    /// <summary>A pipe, a socket or a device: opening one can block for ever.</summary>
    Special,
}

/// <summary>A task named something that is not a regular file.</summary>
internal sealed class NotARegularFileException(string path, FileKind kind)
    : IOException($"'{path}' is not a regular file ({kind}).")
{
    public FileKind Kind => kind;
}

/// <summary>
/// Finds out what a path is. .NET's own attributes do not tell a pipe from a file, and opening a pipe without a writer blocks its thread for
/// ever; so on Unix this asks the runtime's own shim, whose result begins with flags and mode on every platform.
/// </summary>
internal static class FileKinds
{
    private const int TypeMask = 0xF000, RegularType = 0x8000, FolderType = 0x4000, LinkType = 0xA000;
    private const int StatusBytes = 256; // more than the shim's structure on any platform

    public static FileKind Of(string path) => OperatingSystem.IsWindows() ? OfWindows(path) : OfUnix(path);

    private static FileKind OfUnix(string path)
    {
        var status = new Status();
        if (LStat(path, ref status) != 0)
            return FileKind.Unknown;
        return (status.Mode & TypeMask) switch
        {
            RegularType => FileKind.Regular,
            FolderType => FileKind.Folder,
            LinkType => FileKind.Link,
            _ => FileKind.Special,
        };
    }

    private static FileKind OfWindows(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            if ((attributes & FileAttributes.ReparsePoint) != 0)
                return FileKind.Link;
            if ((attributes & FileAttributes.Directory) != 0)
                return FileKind.Folder;
            return (attributes & FileAttributes.Device) != 0 ? FileKind.Special : FileKind.Regular;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileKind.Unknown;
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = StatusBytes)]
    private struct Status
    {
        public int Flags;
        public int Mode;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref Status status);
}
