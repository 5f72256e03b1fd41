using System.Buffers;
using System.Security.Cryptography;

namespace Dispatcher.Host.Tasks;

/// <summary>SHA-256 of a file by streaming: memory is one pooled buffer, whatever the file's size.</summary>
internal static class FileHasher
{
    /// <summary>Bytes read at once. Most files of a source tree fit into one.</summary>
    internal const int BufferBytes = 128 * 1024;

    /// <summary>
    /// Hashes the file. What fits into one buffer is read in the caller's turn; of a larger file only the first buffer is, so that a long
    /// file does not hold its actor's thread.
    /// </summary>
    /// <exception cref="NotARegularFileException">The path is a folder, a link, a pipe, a socket or a device.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Permission denied.</exception>
    /// <exception cref="OperationCanceledException">The token fired between two buffers.</exception>
    public static async ValueTask<(string Sha256, long Bytes)> HashAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = Open(path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int first = Fill(file, buffer, 0);
            if (first < buffer.Length)
                return (Hex(buffer.AsSpan(0, first)), first);
            return await HashLongAsync(file, buffer, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The same on the calling thread alone: the reference that the report compares the pool with.</summary>
    /// <inheritdoc cref="HashAsync" path="/exception"/>
    public static (string Sha256, long Bytes) Hash(string path, CancellationToken cancellationToken)
    {
        using var file = Open(path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read = Fill(file, buffer, 0);
            if (read < buffer.Length)
                return (Hex(buffer.AsSpan(0, read)), read);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long bytes = 0;
            for (; read > 0; read = Fill(file, buffer, bytes))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }
            return (Hex(hash), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<(string Sha256, long Bytes)> HashLongAsync(
        Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        for (int read = buffer.Length; read > 0; read = await RandomAccess.ReadAsync(file, buffer, bytes, cancellationToken))
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }
        return (Hex(hash), bytes);
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path)
    {
        var kind = FileKinds.Of(path);
        if (kind is FileKind.Regular or FileKind.Unknown) // Unknown: let the open say what is wrong
            // Shared with everybody: a hash must not keep a writer out, nor fail because there is one.
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        throw new NotARegularFileException(path, kind);
    }

    // A read may return less than asked for before the end of the file (pseudo files, network file systems).
    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer, long offset)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled);
            if (read == 0)
                break;
            filled += read;
        }
        return filled;
    }

    private static string Hex(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return Convert.ToHexStringLower(digest);
    }

    private static string Hex(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }
}
