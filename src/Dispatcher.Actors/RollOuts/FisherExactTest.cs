namespace Dispatcher.Actors.RollOuts;

/// <summary>
/// Whether a share is larger in one sample than in another, exact for samples of any size. Source: R. A. Fisher, "The Logic of Inductive Inference", 1935:
/// when both samples are alike, the hits among the draws of one of them follow the hypergeometric distribution, given the hits of both together.
/// </summary>
internal static class FisherExactTest
{
    // Terms that no longer change the sum.
    private const double Negligible = 1e-17;

    /// <summary>How probable it is that a sample has so many hits or more, if it is like the other one.</summary>
    /// <param name="hits">Its hits, 0 to <paramref name="draws"/>.</param>
    /// <param name="draws">Its size.</param>
    /// <param name="otherHits">The other one's hits, 0 to <paramref name="otherDraws"/>.</param>
    /// <param name="otherDraws">The other one's size.</param>
    /// <returns>Over 0 to 1. 1, an upper bound, where its share of hits is not larger than the other's.</returns>
    public static double UpperTail(long hits, long draws, long otherHits, long otherDraws)
    {
        long marked = hits + otherHits;
        long all = draws + otherDraws;
        if ((double)hits * otherDraws <= (double)otherHits * draws)
            return 1;
        double first = LogFactorial.OfChoose(marked, hits) + LogFactorial.OfChoose(all - marked, draws - hits) - LogFactorial.OfChoose(all, draws);
        // Beyond the mean each term is smaller than the one before, by a ratio that needs no factorials.
        double term = 1;
        double sum = 1;
        for (long x = hits; x < Math.Min(draws, marked) && term > sum * Negligible; x++)
        {
            term *= (double)(marked - x) * (draws - x) / ((x + 1.0) * (all - marked - draws + x + 1));
            sum += term;
        }

        return Math.Min(1, Math.Exp(first + Math.Log(sum)));
    }
}
