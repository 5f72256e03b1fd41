namespace Dispatcher.Actors.Composition;

/// <summary>An item on its way through a pipeline, or at its end.</summary>
/// <typeparam name="TSource">What went in.</typeparam>
/// <typeparam name="TValue">What comes out.</typeparam>
/// <param name="Index">Its number in the source, from 0.</param>
/// <param name="Source">What went in.</param>
/// <param name="Stage">The stage that gave the outcome: the last one for a completed item, else the one where it ended.</param>
/// <param name="Outcome">The outcome of its last task; Cancelled or Expired also where it never got one.</param>
public readonly record struct PipelineItem<TSource, TValue>(long Index, TSource Source, string Stage, TaskOutcome<TValue> Outcome);
