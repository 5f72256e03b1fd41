namespace Dispatcher.Actors;

/// <summary>A worker at one moment.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Number">Its number in the class, from 0. A worker that comes later may get the number of one that went.</param>
/// <param name="State">What it does.</param>
/// <param name="Running">How many tasks it has in their handlers.</param>
/// <param name="Completed">How many tasks of this number's workers have completed so far.</param>
/// <param name="RefusedMoves">How many moves its state machine has refused so far; more than none is a bug.</param>
public sealed record WorkerSnapshot(WorkerClass Class, int Number, WorkerState State, int Running, long Completed, int RefusedMoves);
