namespace Dispatcher.Actors.RollOuts;

/// <summary>Logarithms of factorials and of binomial coefficients, which themselves are too large for any number.</summary>
internal static class LogFactorial
{
    private const int Exact = 256;

    private static readonly double s_halfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);
    private static readonly double[] s_table = MakeTable();

    /// <summary>ln n!. Source: J. Stirling's series; from 256 on its first three terms are as exact as the number itself.</summary>
    /// <param name="n">0 and up.</param>
    public static double Of(long n)
    {
        if (n < Exact)
            return s_table[n];
        double x = n;
        return ((x + 0.5) * Math.Log(x)) - x + s_halfLogTwoPi + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }

    /// <summary>ln of the number of ways to choose.</summary>
    /// <param name="n">From how many.</param>
    /// <param name="k">How many, 0 to <paramref name="n"/>.</param>
    public static double OfChoose(long n, long k) => Of(n) - Of(k) - Of(n - k);

    private static double[] MakeTable()
    {
        double[] table = new double[Exact];
        for (int n = 2; n < Exact; n++)
            table[n] = table[n - 1] + Math.Log(n);
        return table;
    }
}
