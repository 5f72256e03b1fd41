namespace Dispatcher.Host.Tests.Support;

/// <summary>A folder of its own for one test, removed afterwards. Its path holds a blank, as paths do.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder() => Path = RealPathOf(Directory.CreateTempSubdirectory("dispatcher test "));

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content = "content")
    {
        string path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A file of zeros that takes no room on the disk.</summary>
    public string WriteSparse(string name, long bytes)
    {
        string path = Write(name, "");
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(file, bytes);
        return path;
    }

    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string RealPathOf(DirectoryInfo folder) => Dispatcher.Host.Tasks.RealPath.Of(folder.FullName)!;
}
