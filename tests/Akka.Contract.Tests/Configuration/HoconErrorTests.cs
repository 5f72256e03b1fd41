using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

/// <summary>Text that is no HOCON.</summary>
public class HoconErrorTests
{
    [Theory]
    [InlineData("a = akka.tcp://Cluster@127.0.0.1:4053")]
    [InlineData("a = [akka.tcp://Cluster@127.0.0.1:4053]")]
    [InlineData("a = b=c")]
    public void Unquoted_WithAnAssignmentSign_IsAConfigurationError(string hocon) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

    [Theory]
    [InlineData("a = b@c")]
    [InlineData("* = 1")]
    [InlineData("a = 1,, b = 2")]
    [InlineData("a = \"\\q\"")]
    [InlineData("a = ${b}")]
    public void Malformed_IsAFormatError(string hocon) =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString(hocon));
}
