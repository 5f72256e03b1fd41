using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>Ready configurations.</summary>
public static class TestConfigs
{
    public static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>Gives the system a <see cref="TestScheduler"/>.</summary>
    public static Config TestSchedulerConfig => ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");
}
