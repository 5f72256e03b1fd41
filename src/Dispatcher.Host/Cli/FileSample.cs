using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>
/// Every k-th hashed file, k a power of two chosen so that memory is bounded whatever the number of files: when the sample is full, every
/// second entry goes and k doubles. Counted in the order in which files were hashed.
/// </summary>
internal sealed class FileSample(int capacity)
{
    /// <summary>Files kept at most. A folder with no more is its own sample.</summary>
    public const int DefaultCapacity = 4096;

    private readonly Lock _gate = new();
    private List<FileHash> _files = [];
    private long _seen;

    /// <summary>Every how many files one was taken.</summary>
    public long Stride { get; private set; } = 1;

    public void Offer(FileHash file)
    {
        lock (_gate)
        {
            if (_seen++ % Stride != 0)
                return;
            if (_files.Count == capacity)
            {
                Stride *= 2;
                _files = [.. _files.Where((_, index) => index % 2 == 0)];
                if ((_seen - 1) % Stride != 0)
                    return;
            }
            _files.Add(file);
        }
    }

    /// <summary>The sampled files, in order, without those that would take the sum over the limit.</summary>
    public IReadOnlyList<FileHash> Take(long maxBytes)
    {
        lock (_gate)
        {
            var taken = new List<FileHash>(_files.Count);
            long bytes = 0;
            foreach (var file in _files)
                if (bytes + file.Bytes <= maxBytes)
                {
                    bytes += file.Bytes;
                    taken.Add(file);
                }
            return taken;
        }
    }
}
