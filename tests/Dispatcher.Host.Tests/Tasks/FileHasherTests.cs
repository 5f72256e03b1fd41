using System.Security.Cryptography;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Tasks;

public sealed class FileHasherTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FileHasher.BufferBytes - 1)]
    [InlineData(FileHasher.BufferBytes)]
    [InlineData(FileHasher.BufferBytes + 1)]
    [InlineData(3 * FileHasher.BufferBytes + 17)]
    public async Task Hash_AnySize_IsTheDigestOfTheContent(int bytes)
    {
        byte[] content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        string path = _folder["file"];
        await File.WriteAllBytesAsync(path, content);
        string expected = Convert.ToHexStringLower(SHA256.HashData(content));

        Assert.Equal((expected, (long)bytes), await FileHasher.HashAsync(path, CancellationToken.None));
        Assert.Equal((expected, (long)bytes), FileHasher.Hash(path, CancellationToken.None));
    }

    [Fact]
    public async Task Hash_FileOpenForWriting_IsReadAllTheSame()
    {
        string path = _folder.Write("file", "written");
        await using var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

        Assert.Equal(7, (await FileHasher.HashAsync(path, CancellationToken.None)).Bytes);
    }

    [Fact]
    public async Task Hash_NoSuchFile_Throws() =>
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await FileHasher.HashAsync(_folder["none"], CancellationToken.None));

    [Fact]
    public async Task Hash_Folder_ThrowsNamingIt()
    {
        var error = await Assert.ThrowsAsync<NotARegularFileException>(async () => await FileHasher.HashAsync(_folder.Path, CancellationToken.None));
        Assert.Equal(FileKind.Folder, error.Kind);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Hash_PipeWithoutWriter_ThrowsInsteadOfBlocking()
    {
        string pipe = _folder["pipe"];
        await Command.RunAsync("mkfifo", [pipe]);

        var error = await Assert.ThrowsAsync<NotARegularFileException>(async () => await FileHasher.HashAsync(pipe, CancellationToken.None));
        Assert.Equal(FileKind.Special, error.Kind);
    }

    [Fact]
    public async Task Hash_TokenFiredInALongFile_Stops()
    {
        string path = _folder.WriteSparse("long", 1L << 40);
        using var cancel = new CancellationTokenSource();
        var hashing = FileHasher.HashAsync(path, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await hashing);
    }
}
