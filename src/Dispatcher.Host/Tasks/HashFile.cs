using Dispatcher.Actors;

namespace Dispatcher.Host.Tasks;

/// <summary>The SHA-256 of one regular file.</summary>
/// <param name="Path">Absolute path of the file.</param>
internal sealed record HashFile(string Path) : ITask<FileHash>;

/// <summary>What <see cref="HashFile"/> answers.</summary>
/// <param name="Path">The path asked for.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Bytes">How many bytes were read.</param>
/// <param name="Elapsed">Time in the handler, without the wait for a worker.</param>
internal sealed record FileHash(string Path, string Sha256, long Bytes, TimeSpan Elapsed);
