using Akka.Configuration;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class AlertsReaderTests
{
    [Fact]
    public void Read_Reference_LogsAllLevelsAndHasNoWebhook()
    {
        AlertSettings settings = Read("");
        Assert.True(settings.Enabled);
        Assert.Null(settings.Webhook);
        Assert.Equal([AlertLevel.P0, AlertLevel.P1, AlertLevel.P2], settings.LogLevels);
        Assert.Equal([TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)], settings.RespondWithin);
        Assert.Equal(["construction", "down", "failures", "lasting", "memory"], settings.Rules.Select(rule => rule.Name));
    }

    [Fact]
    public void Read_Webhook_HasItsValues()
    {
        WebhookSettings webhook = Read("webhook { url = \"https://hooks.example/secret\", levels = [P0], attempts = 2 }").Webhook!;
        Assert.Equal((new Uri("https://hooks.example/secret"), 2, 256), (webhook.Url, webhook.Attempts, webhook.Queue));
        Assert.Equal([AlertLevel.P0], webhook.Levels);
    }

    [Fact]
    public void Read_Code_WinsOverConfiguration()
    {
        Dictionary<string, object> code = new()
        {
            ["webhook.url"] = "http://localhost:1/", ["window"] = TimeSpan.FromSeconds(7),
            ["rules.mine.on"] = new[] { "failed" }, ["rules.mine.level"] = "P0", ["rules.failures.level"] = "none",
        };
        AlertSettings settings = Read("window = 1m", code);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Window);
        Assert.Equal(AlertLevel.P0, settings.Rules.Single(rule => rule.Name == "mine").Level);
        Assert.Null(settings.Rules.Single(rule => rule.Name == "failures").Level);
        Assert.Equal(1, settings.Webhook?.Url.Port);
    }

    [Theory]
    [InlineData("enabled = yes", "enabled = yes: expected one of on, off")]
    [InlineData("window = 1ms", "window = 1ms: expected a duration from 1s to 24h")]
    [InlineData("max-open = 0", "max-open = 0: expected a whole number from 1 to 100000")]
    [InlineData("respond.p1 = 1m", "respond.p1 = 1m: expected a duration from 2m to 168h")]
    [InlineData("log.levels = [P0, P3]", "log.levels = P3: expected some of P0, P1, P2")]
    [InlineData("webhook.url = \"ftp://host/secret\"", "webhook.url = ...: expected an absolute URL with http or https, without user and fragment, or off")]
    [InlineData("webhook.url = \"hooks/secret\"", "webhook.url = ...: expected an absolute URL with http or https, without user and fragment, or off")]
    [InlineData("webhook.url = \"https://me:secret@host/secret\"", "webhook.url = https://host/...: expected an absolute URL with http or https, without user and fragment, or off")]
    [InlineData("webhook.url = \"https://host/#secret\"", "webhook.url = https://host/...: expected an absolute URL with http or https, without user and fragment, or off")]
    [InlineData("webhook.attempts = 3", "webhook.attempts = 3: has no effect: webhook.url is off")]
    [InlineData("webhook.levels = [P2]", "webhook.levels = [P2]: has no effect: webhook.url is off")]
    [InlineData("enabled = off, webhook.url = \"http://host/\"", "webhook.url = ...: has no effect: enabled is off")]
    [InlineData("webhook { url = \"http://host/\", backoff-max = 1ms }", "webhook.backoff-max = 1ms: expected a duration from 1s to 1h")]
    [InlineData("webhook { url = \"http://host/\", timeout = 2m }", "webhook.timeout = 2m: expected a duration from 100ms to 1m")]
    [InlineData("rules.x { on = [failed], level = P9 }", "rules.x.level = P9: expected one of none, P0, P1, P2")]
    [InlineData("rules.x { on = [fails], level = P0 }", "rules.x.on = fails: expected some of failed, abandoned, breaker-open, task-never-ends, handler-stuck, queue-grows, threads-starved, heap-grows, pool-gave-up")]
    [InlineData("rules.x { on = [failed], errors = [\"IO Exception\"], level = P0 }", "rules.x.errors = IO Exception: expected names of exceptions such as TimeoutException or System.Net.*, error classes, transient or any")]
    [InlineData("rules.x { on = [abandoned], errors = [IOException], level = P0 }", "rules.x.errors = IOException: has no effect: the rule is not on failed")]
    [InlineData("rules.x { on = [failed], level = P0, task = [T] }", "rules.x.task: unknown setting; did you mean 'rules.x.tasks'?")]
    [InlineData("windw = 1m", "windw: unknown setting; did you mean 'window'?")]
    public void Read_BadOrIdleSetting_IsNamedWithPathValueAndRange(string hocon, string error)
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read(hocon));
        Assert.Contains(thrown.Errors, found => found.ToString() == $"dispatcher.alerts.{error}");
        Assert.DoesNotContain("secret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralErrors_AreReportedTogether() =>
        Assert.Equal(3, Assert.Throws<SettingsException>(() => Read("window = 1ms, max-open = 0, rules.x { on = [], level = P0 }")).Errors.Count);

    private static AlertSettings Read(string hocon, Dictionary<string, object>? code = null) =>
        AlertsReader.Read(ConfigurationFactory.ParseString($"dispatcher.alerts {{ {hocon} }}").WithFallback(ReferenceConfig.Value), code ?? []);
}
