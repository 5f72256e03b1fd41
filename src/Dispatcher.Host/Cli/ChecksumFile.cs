using System.Text;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>
/// Writes lines that <c>sha256sum -c</c> reads: hash, two spaces, path; a path with a backslash or a line break is escaped and its line
/// begins with a backslash, as sha256sum does.
/// </summary>
internal sealed class ChecksumFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Permission denied.</exception>
    public ChecksumFile(string path) => _writer = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 16) { NewLine = "\n" };

    /// <summary>Adds a file; from any thread, in the order of the calls.</summary>
    public void Add(FileHash file)
    {
        string line = Line(file.Sha256, file.Path);
        lock (_gate)
            _writer.WriteLine(line);
    }

    public void Dispose() => _writer.Dispose();

    internal static string Line(string sha256, string path) => path.AsSpan().ContainsAny('\\', '\n', '\r')
        ? $"\\{sha256}  {path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}"
        : $"{sha256}  {path}";
}
