using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Alerts;

/// <summary>A real receiver of webhooks, on a port of its own of the loopback.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _bodies = [];

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What it got and was glad of.</summary>
    public IReadOnlyCollection<JsonElement> Bodies => _bodies;

    /// <summary>How many posts have come, the refused ones included.</summary>
    public int Posts => Volatile.Read(ref _posts);

    /// <summary>Where it is.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What it answers to a post, by its number from 1; null for 204.</summary>
    public Func<int, HttpResponse, Task>? Answer { get; set; }

    private int _posts;

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebhookReceiver receiver = new(builder.Build());
        receiver._app.MapPost("/hook/secret", receiver.TakeAsync);
        await receiver._app.StartAsync();
        string address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        receiver.Url = new Uri(new Uri(address), "/hook/secret");
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        JsonElement body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        int number = Interlocked.Increment(ref _posts);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (Answer is { } answer)
            await answer(number, context.Response);
        if (context.Response.StatusCode < 300)
            _bodies.Enqueue(body);
    }
}
