namespace Dispatcher.Benchmarks.Runner;

/// <summary>The median of a figure over the rounds, and its range.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(double[] values)
    {
        if (values.Length == 0) throw new ArgumentException("A spread needs one value or more.", nameof(values));
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public string Text(string format) => Max > Min
        ? $"{Median.ToString(format)} ({Min.ToString(format)}..{Max.ToString(format)})"
        : Median.ToString(format);
}
