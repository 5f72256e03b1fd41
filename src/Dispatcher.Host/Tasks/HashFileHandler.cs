using Dispatcher.Actors;

namespace Dispatcher.Host.Tasks;

/// <summary>
/// Hashes a file for a worker. A file that cannot be read fails its task with the exception of the file system; the pool's supervisor
/// takes it from there.
/// </summary>
internal sealed class HashFileHandler(TimeProvider time) : ITaskHandler<HashFile, FileHash>
{
    public async ValueTask<FileHash> HandleAsync(HashFile task, TaskContext context)
    {
        long started = time.GetTimestamp();
        var (sha256, bytes) = await FileHasher.HashAsync(task.Path, context.CancellationToken);
        return new FileHash(task.Path, sha256, bytes, time.GetElapsedTime(started));
    }
}
