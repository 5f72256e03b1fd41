namespace Dispatcher.Actors.Workers;

/// <summary>A handler without state of its own that all workers of a pool share.</summary>
internal interface ISharedHandler;
