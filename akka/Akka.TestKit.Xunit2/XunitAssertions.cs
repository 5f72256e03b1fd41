using Akka.TestKit.Xunit2.Internals;
using Xunit;

namespace Akka.TestKit.Xunit2;

/// <summary>Reports to xUnit.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) => Assert.Fail(Text(format, args));
    public void AssertTrue(bool condition, string format = "", params object[] args) => Assert.True(condition, Text(format, args));
    public void AssertFalse(bool condition, string format = "", params object[] args) => Assert.False(condition, Text(format, args));
    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
        AssertEqual(expected, actual, AkkaEquality.AreEqual, format, args);

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual)) throw new AkkaEqualException(expected, actual, Text(format, args));
    }

    // Without arguments a brace is text.
    private static string Text(string? format, object[]? args) => format is null ? "" : args is null or [] ? format : string.Format(format, args);
}
