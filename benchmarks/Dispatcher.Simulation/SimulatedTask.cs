namespace Dispatcher.Simulation;

/// <summary>A task: when it comes, and how long it runs on a warm worker with nothing in the way.</summary>
internal readonly record struct SimulatedTask(long ArrivedAt, long RunTicks);
