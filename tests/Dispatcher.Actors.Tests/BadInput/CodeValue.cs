namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Values that code may give and a key does not take.</summary>
internal static class CodeValue
{
    /// <summary>Those of a key's kind.</summary>
    public static IEnumerable<object> Of(ReferenceKey key) => key.Kind switch
    {
        ValueKind.Number => [int.MinValue, -1, long.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, decimal.MaxValue, .. s_noValues, TimeSpan.FromSeconds(1)],
        ValueKind.Duration => [TimeSpan.MinValue, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan, TimeSpan.FromTicks(-1), TimeSpan.FromDays(1000), 5, double.NaN, .. s_noValues],
        ValueKind.List => [new[] { "" }, new object?[] { null }],
        ValueKind.Url => [5, "", "ftp://host/"],
        _ => [5, double.NaN, TimeSpan.FromSeconds(1), .. s_noValues],
    };

    private static readonly object[] s_noValues = ["", " ", "no-such-word", true, DayOfWeek.Friday, new object(), new[] { 1, 2 }];
}
