namespace Dispatcher.Actors;

/// <summary>A task that knows how large its payload is, for pools with a <c>payload-cap</c>.</summary>
public interface IPayloadSize
{
    /// <summary>The size in bytes.</summary>
    long PayloadBytes { get; }
}
