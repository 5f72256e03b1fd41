using Akka.Configuration;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Alerts;

/// <summary>Settings and alerts for tests.</summary>
internal static class AlertSamples
{
    public static readonly DateTimeOffset Start = TestKit.ManualTimeProvider.DefaultStart;

    public static readonly AlertRule Failures = new() { Name = "failures", Level = AlertLevel.P2, On = [AlertEvent.Failed] };

    /// <summary>Settings of the reference, but for what a test says.</summary>
    public static AlertSettings Settings(string hocon = "") =>
        AlertsReader.Read(ConfigurationFactory.ParseString($"dispatcher.alerts {{ {hocon} }}").WithFallback(ReferenceConfig.Value), new Dictionary<string, object>());

    public static Alert Alert(AlertLevel level = AlertLevel.P1, string text = "text") => new()
    {
        State = AlertState.Raised,
        Level = level,
        Event = AlertEvent.Failed,
        Rule = "failures",
        Pool = "mail",
        Subject = "Send",
        ErrorClass = "IOException",
        Text = text,
        Count = 1,
        FirstAt = Start,
        LastAt = Start,
        RespondBy = Start + TimeSpan.FromMinutes(15),
    };
}
