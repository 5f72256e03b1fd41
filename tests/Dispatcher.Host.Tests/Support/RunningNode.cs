using Dispatcher.Actors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Host.Tests.Support;

/// <summary>A node in this process on a free port, over a folder of its own.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningNode(WebApplication app, TestFolder folder)
    {
        _app = app;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public TestFolder Folder { get; }

    public ITaskDispatcher Pool => _app.Services.GetRequiredService<ITaskDispatcher>();

    public IServiceProvider Services => _app.Services;

    /// <param name="hooks">What the test changes of the node.</param>
    /// <param name="workers">A fixed number of workers; null for a pool that finds its size.</param>
    public static async Task<RunningNode> StartAsync(NodeHooks? hooks = null, int? workers = 2)
    {
        var folder = new TestFolder();
        var app = Node.Build(folder.Path, port: 0, workers, hooks);
        await app.StartAsync();
        return new RunningNode(app, folder);
    }

    /// <summary>As a signal does: the node is told to stop and has not done so yet.</summary>
    public void BeginStop() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Folder.Dispose();
    }
}
