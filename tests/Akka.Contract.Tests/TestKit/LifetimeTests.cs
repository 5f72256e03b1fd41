using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2;
using Xunit.Abstractions;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class LifetimeTests
{
    [Fact]
    public void Dispose_System_IsTerminatedAfterAfterAll()
    {
        var kit = new Kit();

        kit.Dispose();

        Assert.True(kit.WasAliveInAfterAll);
        Assert.True(kit.Sys.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void Config_OverridesTheDefaults()
    {
        using var kit = new Kit(ConfigurationFactory.ParseString("akka.test.single-expect-default = 17s, mine = 4"));

        Assert.Equal(TimeSpan.FromSeconds(17), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(4, kit.Sys.Settings.Config.GetInt("mine"));
        Assert.Equal("named", kit.Sys.Name);
    }

    [Fact]
    public void Setup_IsGivenToTheSystem()
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("mine = 5")));

        using var kit = new Akka.TestKit.Xunit2.TestKit(setup, "of-setup");

        Assert.Equal(5, kit.Sys.Settings.Config.GetInt("mine"));
        Assert.Equal("of-setup", kit.Sys.Name);
    }

    [Fact]
    public void GivenSystem_IsUsed()
    {
        var system = ActorSystem.Create("given", Akka.TestKit.Xunit2.TestKit.DefaultConfig);

        using var kit = new Akka.TestKit.Xunit2.TestKit(system);

        Assert.Same(system, kit.Sys);
        kit.TestActor.Tell("hello", ActorRefs.NoSender);
        kit.ExpectMsg("hello");
    }

    [Fact]
    public void Output_GetsLogEvents()
    {
        var output = new Lines();
        using var kit = new Akka.TestKit.Xunit2.TestKit("akka.loglevel = INFO", output);

        kit.AwaitAssert(() =>
        {
            kit.Log.Info("for the output");
            Assert.Contains(output.All(), line => line.Contains("for the output", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void XunitAssertions_Failure_HasTheFormattedText()
    {
        var assertions = new XunitAssertions();

        Assert.Contains("not equal", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => assertions.AssertEqual(1, 2, "not {0}", "equal")).Message);
        Assert.Contains("not true", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => assertions.AssertTrue(false, "not {0}", "true")).Message);
        Assert.Contains("failed 3", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => assertions.Fail("failed {0}", 3)).Message);
    }

    private sealed class Kit : Akka.TestKit.Xunit2.TestKit
    {
        public Kit()
        {
        }

        public Kit(Config config) : base(config, "named")
        {
        }

        public bool WasAliveInAfterAll { get; private set; }

        protected override void AfterAll() => WasAliveInAfterAll = !Sys.WhenTerminated.IsCompleted;
    }

    private sealed class Lines : ITestOutputHelper
    {
        private readonly List<string> _lines = [];

        public string[] All()
        {
            lock (_lines) return [.. _lines];
        }

        public void WriteLine(string message)
        {
            lock (_lines) _lines.Add(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }
}
