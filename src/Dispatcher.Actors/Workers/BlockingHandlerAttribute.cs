namespace Dispatcher.Actors;

/// <summary>
/// Says that a handler blocks its thread: reads a file the old way, waits for a lock, calls what knows no await. It runs on the pool's blocking workers,
/// each of which has a thread of its own, so that it holds up neither other handlers nor the pool itself.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class BlockingHandlerAttribute : Attribute;
