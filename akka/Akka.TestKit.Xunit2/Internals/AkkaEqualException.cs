using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values that should be equal are not.</summary>
internal sealed class AkkaEqualException(object? expected, object? actual, string context) : XunitException(
    $"Assert.Equal() Failure: {(context.Length > 0 ? context : "values differ")}{Environment.NewLine}Expected: {Text(expected)}{Environment.NewLine}Actual:   {Text(actual)}")
{
    private static string Text(object? value) => value is null ? "null" : $"{value} ({value.GetType()})";
}
