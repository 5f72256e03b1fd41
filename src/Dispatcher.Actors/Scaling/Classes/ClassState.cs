using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Scaling.Classes;

/// <summary>What is known of a type of task.</summary>
/// <param name="Trait">What it is taken for.</param>
/// <param name="Wanted">What it was in the last measurement.</param>
/// <param name="InRow">How many measurements in a row said so, where that is something else.</param>
/// <param name="Counts">The measurement under way.</param>
internal readonly record struct ClassState(TaskTrait Trait, TaskTrait Wanted, int InRow, TraitCounts Counts);
