using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Diagnosis;

/// <summary>Settings, pools and processes for tests.</summary>
internal static class DiagnosisSamples
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Settings of the reference, but for what a test says.</summary>
    public static DiagnosisSettings Settings(string hocon = "") =>
        DiagnosisReader.Read(ConfigurationFactory.ParseString($"dispatcher.diagnosis {{ {hocon} }}").WithFallback(ReferenceConfig.Value), new Dictionary<string, object>());
}
