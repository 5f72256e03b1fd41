using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Alerts;

/// <summary>Posts one alert, again where it did not arrive and that may pass.</summary>
internal sealed class WebhookSender
{
    private readonly WebhookSettings _settings;
    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <summary>Makes a sender.</summary>
    /// <param name="settings">The receiver, and how hard to try.</param>
    /// <param name="client">What posts.</param>
    /// <param name="time">Where the time comes from.</param>
    public WebhookSender(WebhookSettings settings, HttpClient client, TimeProvider time)
    {
        _settings = settings;
        _client = client;
        _time = time;
    }

    /// <summary>Delivers an alert. Never throws.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>Null when it has arrived, else why not.</returns>
    public async Task<string?> DeliverAsync(Alert alert, CancellationToken stop)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(alert, AlertJson.Default.Alert);
        for (int attempt = 1; ; attempt++)
        {
            (string? failure, HttpStatusCode? status, TimeSpan? retryAfter) = await PostAsync(body, stop).ConfigureAwait(false);
            if (failure == null)
                return null;
            if (stop.IsCancellationRequested)
                return "the system stops";
            if (DeliveryPolicy.Decide(_settings, attempt, status, retryAfter, Random.Shared.NextDouble()) is not { } wait)
                return $"{failure}, in attempt {attempt}";
            await Pause.ForAsync(wait, _time, stop).ConfigureAwait(false);
        }
    }

    private async Task<(string? Failure, HttpStatusCode? Status, TimeSpan? RetryAfter)> PostAsync(byte[] body, CancellationToken stop)
    {
        using CancellationTokenSource timeout = new(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpRequestMessage request = new(HttpMethod.Post, _settings.Url) { Content = content };
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? default
                : ($"it said {(int)response.StatusCode}", response.StatusCode, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException)
        {
            return ($"no answer within {_settings.Timeout.TotalSeconds:0.###} s", null, null);
        }
        catch (Exception error)
        {
            // Handlers that a service has put around the client throw what they like; and one alert must not keep the next ones from being sent.
            return (error is HttpRequestException http ? $"{http.HttpRequestError}" : error.GetType().Name, null, null);
        }
    }
}
