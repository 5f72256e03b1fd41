namespace Dispatcher.Actors.Hosting;

/// <summary>A new version of a handler as it was registered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsBlocking">Whether it is declared blocking.</param>
/// <param name="Make">Makes one, from the worker's services: a <c>Func&lt;IServiceProvider?, ITaskHandler&lt;TTask, TResult&gt;&gt;</c>.</param>
internal sealed record NewVersion(string Name, bool IsBlocking, Delegate Make);
