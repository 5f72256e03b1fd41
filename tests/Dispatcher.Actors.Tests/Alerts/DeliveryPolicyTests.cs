using System.Net;
using Dispatcher.Actors.Alerts;

namespace Dispatcher.Actors.Tests.Alerts;

public sealed class DeliveryPolicyTests
{
    private static readonly WebhookSettings s_settings = AlertSamples.Settings("webhook.url = \"http://localhost/\"").Webhook!;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 0, 0.5)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 1, 8)]
    public void Decide_NoAnswer_WaitsTwiceAsLongEachTimeHalfOfItByChance(int attempt, double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DeliveryPolicy.Decide(s_settings, attempt, null, null, chance));

    [Fact]
    public void Decide_ManyAttempts_StaysWithinTheLongestWait()
    {
        WebhookSettings settings = s_settings with { Attempts = 100 };
        Assert.Equal(TimeSpan.FromSeconds(30), DeliveryPolicy.Decide(settings, 99, null, null, 0));
        Assert.Null(DeliveryPolicy.Decide(settings, 100, null, null, 0));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Redirect, false)]
    public void Decide_ByStatus_TriesAgainWhatMayPass(HttpStatusCode status, bool again) =>
        Assert.Equal(again, DeliveryPolicy.Decide(s_settings, 1, status, null, 1) != null);

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0.1, 1)]
    [InlineData(3600, 30)]
    public void Decide_ReceiverSaysWhen_IsKeptToWithinTheLongestWait(double asked, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DeliveryPolicy.Decide(s_settings, 1, HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(asked), 1));
}
