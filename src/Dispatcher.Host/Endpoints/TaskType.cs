using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Actors;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Endpoints;

/// <summary>A kind of task that HTTP callers may submit.</summary>
internal abstract class TaskType
{
    /// <summary>The <c>type</c> of the request body.</summary>
    public abstract string Name { get; }

    /// <summary>The contract of its tasks in their pool; null while that has not started.</summary>
    public abstract TaskContract? Contract { get; }

    /// <summary>The shape of its payload.</summary>
    public abstract JsonTypeInfo Payload { get; }

    /// <summary>The shape of its result.</summary>
    public abstract JsonTypeInfo Result { get; }

    /// <summary>Reads the payload and submits; answers at once.</summary>
    /// <returns>The task (refused or not), or null with the problem of the payload.</returns>
    /// <exception cref="JsonException">The payload does not have the type's shape.</exception>
    public abstract TaskEntry? Submit(JsonElement payload, TaskOptions options, out IResult? problem);
}

/// <summary>Type <c>hash-file</c>: the SHA-256 of a file of the served folder.</summary>
internal sealed class HashFileType(ITaskDispatcher pool, ServedFolder folder, TimeProvider time) : TaskType
{
    // As Linux has it. Each part of a path is looked up: a longer one would cost more than the refusal of it.
    private const int MaxPathLength = 4096;

    public override string Name => "hash-file";

    public override TaskContract? Contract => pool.GetContracts().FirstOrDefault(static contract => contract.TaskType == typeof(HashFile));

    public override JsonTypeInfo Payload => WireJson.Default.HashFilePayload;

    public override JsonTypeInfo Result => WireJson.Default.HashFileResult;

    public override TaskEntry? Submit(JsonElement payload, TaskOptions options, out IResult? problem)
    {
        var read = payload.Deserialize(WireJson.Default.HashFilePayload) ?? throw new JsonException("payload is null.");
        if (read.Path.Length > MaxPathLength)
        {
            problem = Problems.Of(StatusCodes.Status422UnprocessableEntity, "path-too-long", $"payload.path has more than {MaxPathLength} characters.");
            return null;
        }
        if (folder.Resolve(read.Path) is not { } path)
        {
            problem = Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "path-outside-folder", "payload.path does not name a file of the served folder.");
            return null;
        }
        problem = null;
        pool.TrySubmit<FileHash>(new HashFile(path), out var handle, options); // refused: the handle has that outcome
        return new TaskEntry<FileHash, HashFileResult>(
            handle, Name, time.GetUtcNow(), options.IdempotencyKey is not null, HashFileResult.Of, WireJson.Default.HashFileResult);
    }
}
