using Dispatcher.Host.Endpoints;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Tasks;

public sealed class PathTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public void Resolve_FileBelow_IsItsRealPath()
    {
        string file = _folder.Write("one/file");
        var served = new ServedFolder(_folder.Path);

        Assert.Equal(file, served.Resolve("one/file"));
        Assert.Equal(file, served.Resolve(file));
        Assert.Equal(file, served.Resolve("one/../one/./file"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("one/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Resolve_PathThatLeadsOut_IsRefused(string path) => Assert.Null(new ServedFolder(_folder.Path).Resolve(path));

    [Fact]
    public void Resolve_SiblingWithTheSameBeginning_IsRefused() =>
        Assert.Null(new ServedFolder(_folder.Path).Resolve(_folder.Path + "2/file"));

    [Fact]
    public void Resolve_LinkThatLeadsOut_IsRefused()
    {
        File.CreateSymbolicLink(_folder["file"], _elsewhere.Write("secret"));
        Directory.CreateSymbolicLink(_folder["folder"], _elsewhere.Path);
        Directory.CreateSymbolicLink(_folder["chain"], _folder["folder"]);
        var served = new ServedFolder(_folder.Path);

        Assert.Null(served.Resolve("file"));
        Assert.Null(served.Resolve("folder/secret"));
        Assert.Null(served.Resolve("chain/secret"));
        Assert.Null(served.Resolve("folder/../secret")); // the parent of the link's target, not of the link
    }

    [Fact]
    public void Resolve_LinkInside_IsFollowed()
    {
        string file = _folder.Write("one/file");
        Directory.CreateSymbolicLink(_folder["two"], "one");
        Assert.Equal(file, new ServedFolder(_folder.Path).Resolve("two/file"));
    }

    [Fact]
    public void RealPath_LoopOfLinks_IsNull()
    {
        Directory.CreateSymbolicLink(_folder["a"], _folder["b"]);
        Directory.CreateSymbolicLink(_folder["b"], _folder["a"]);
        Assert.Null(RealPath.Of(_folder["a/file"]));
    }

    [Fact]
    public void PseudoFileSystems_MountTable_GivesTypeOfAFolderInside()
    {
        var pseudo = PseudoFileSystems.Parse([
            "21 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw",
            "22 28 0:21 / /proc rw,nosuid shared:14 - proc proc rw",
            "28 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw",
            "30 28 0:99 / /mnt/a\\040b rw - tracefs tracefs rw",
            "nonsense"]);

        Assert.Equal("proc", pseudo.TypeOf("/proc/1/fd"));
        Assert.Equal("tracefs", pseudo.TypeOf("/mnt/a b"));
        Assert.Null(pseudo.TypeOf("/usr/share"));
        Assert.True(pseudo.IsMountPoint("/sys"));
        Assert.False(pseudo.IsMountPoint("/sys/kernel"));
    }
}
