using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Hosting;

/// <summary>A handler as it was registered.</summary>
/// <param name="TaskType">The type of its tasks.</param>
/// <param name="IsBlocking">Whether it is declared blocking.</param>
/// <param name="MakeRoute">Makes the route of its tasks to a class of workers.</param>
internal sealed record DeclaredHandler(Type TaskType, bool IsBlocking, Func<PoolCore, TaskRoute> MakeRoute);
