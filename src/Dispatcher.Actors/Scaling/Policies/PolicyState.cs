namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>What a policy remembers from one tick to the next. Never changed, only replaced.</summary>
internal abstract record PolicyState;
