namespace Dispatcher.Actors.Alerts;

/// <summary>The client that posts to the webhook, where the services have none for it.</summary>
internal static class WebhookClient
{
    /// <summary>The name of the one that services may have.</summary>
    public const string Name = "Dispatcher.Alerts";

    /// <summary>Makes one. It follows no redirect: an alert goes where the settings say, and nowhere else.</summary>
    public static HttpClient Make() => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
