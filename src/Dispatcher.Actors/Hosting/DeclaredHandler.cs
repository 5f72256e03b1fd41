using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Hosting;

/// <summary>A handler as it was registered.</summary>
/// <param name="TaskType">The type of its tasks.</param>
/// <param name="Class">The class of workers that code declares it for; null where it declares none.</param>
/// <param name="MakeRoute">Makes the route of its tasks to a class of workers.</param>
internal sealed record DeclaredHandler(Type TaskType, WorkerClass? Class, Func<PoolCore, TaskRoute> MakeRoute);
