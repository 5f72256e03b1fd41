using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Tasks;

public sealed class FolderWalkTests : IDisposable
{
    private static readonly PseudoFileSystems s_none = PseudoFileSystems.Parse([]);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_NestedFolders_AreAllFoundHiddenOnesToo()
    {
        string[] written = [_folder.Write("a"), _folder.Write("one/b"), _folder.Write("one/two/.hidden"), _folder.Write(".dot/c")];
        var walk = new FolderWalk(_folder.Path, s_none);

        Assert.Equal(written.Order(), walk.Files().Order());
        Assert.Equal(4, walk.Folders);
    }

    [Fact]
    public void Files_LinkBackToTheRoot_IsCountedAndNotFollowed()
    {
        string file = _folder.Write("one/file");
        Directory.CreateSymbolicLink(_folder["one/loop"], _folder.Path);
        File.CreateSymbolicLink(_folder["one/again"], file);
        File.CreateSymbolicLink(_folder["one/broken"], _folder["nowhere"]);
        var walk = new FolderWalk(_folder.Path, s_none);

        Assert.Equal([file], walk.Files());
        Assert.Equal(3, walk.Links);
    }

    [LinuxFact]
    public async Task Files_Pipe_IsCountedAndLeftOut()
    {
        await Command.RunAsync("mkfifo", [_folder["pipe"]]);
        var walk = new FolderWalk(_folder.Path, s_none);

        Assert.Empty(walk.Files());
        Assert.Equal(1, walk.Special);
    }

    [Fact]
    public void Files_OwnOutput_IsLeftOut()
    {
        string file = _folder.Write("a");
        Assert.Equal([file], new FolderWalk(_folder.Path, s_none, except: _folder.Write("sums")).Files());
    }

    [Fact]
    public void Files_PseudoFileSystemBelow_IsNotEntered()
    {
        _folder.Write("proc/endless");
        var pseudo = PseudoFileSystems.Parse([$"22 28 0:21 / {_folder["proc"].Replace(" ", "\\040", StringComparison.Ordinal)} rw - proc proc rw"]);
        var walk = new FolderWalk(_folder.Path, pseudo);

        Assert.Empty(walk.Files());
        Assert.Equal(1, walk.Special);
    }

    [Fact]
    public void Files_FolderGoneMeanwhile_IsReportedAndTheRestGoesOn()
    {
        string[] both = [_folder.Write("a/file"), _folder.Write("b/file")];
        var unreadable = new List<string>();
        using var files = new FolderWalk(_folder.Path, s_none, onUnreadable: (path, _) => unreadable.Add(path)).Files().GetEnumerator();

        Assert.True(files.MoveNext()); // the root is listed, one of its folders open, the other still to come
        string other = Path.GetDirectoryName(both.Single(file => file != files.Current))!;
        Directory.Delete(other, recursive: true);

        Assert.False(files.MoveNext());
        Assert.Equal([other], unreadable);
    }
}
