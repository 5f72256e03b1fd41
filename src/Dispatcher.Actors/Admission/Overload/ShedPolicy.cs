namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// How much to shed, and of whom. The share is the excess of what comes over what is served: max(0, (offered - K served) / (offered + 1)), to the
/// power of 1 / aggression. It is taken from P2 first, then from P1, then from P0. Sources: B. Beyer et al., "Site Reliability Engineering",
/// chapter 21, "Client-Side Throttling" (the share, K); Envoy, admission control filter (aggression, a largest share).
/// </summary>
/// <remarks>
/// K over 1 lets in a little more than is served, so that the queue never runs dry and the served load shows what the pool can do; what stood in the
/// queue all the window is let in less. Only a queue that stands, or a limit that keeps tasks out of a busy pool, starts it: a burst that the queue
/// takes up is no overload. Then the excess alone decides, so that the door does not open and close by turns; workers that had nothing to do for a
/// share of the window open it by that share, so nothing is shed for long from a pool that idles, even one that has served nothing.
/// </remarks>
internal static class ShedPolicy
{
    private const double Mix = 0.5;

    /// <summary>Decides after a window.</summary>
    /// <param name="sample">What was seen.</param>
    /// <param name="last">The last decision; the default at the start.</param>
    /// <param name="settings">The settings.</param>
    public static ShedDecision Decide(in ShedSample sample, in ShedDecision last, ShedSettings settings)
    {
        ShedSample recent = Blend(sample, last.Recent);
        double excess = Math.Clamp((recent.Offered - (settings.AcceptFactor * recent.Served) + sample.Standing) / (recent.Offered + 1), 0, 1);
        double degree = Math.Pow(excess, 1 / settings.Aggression);
        if (!sample.Stands)
            degree = Math.Min(degree, last.Degree * (1 - sample.DryShare));
        double left = degree * recent.Offered;
        double p2 = Take(ref left, recent.P2, settings.MaxShare);
        double p1 = Take(ref left, recent.P1, settings.MaxShare);
        double p0 = Take(ref left, recent.P0, settings.MaxShare);
        return new ShedDecision(degree, p0, p1, p2, recent);
    }

    private static ShedSample Blend(in ShedSample now, in ShedSample before) => before.Offered == 0 && before.Served == 0
        ? now
        : new(Blend(now.P0, before.P0), Blend(now.P1, before.P1), Blend(now.P2, before.P2), Blend(now.Served, before.Served), now.Stands, now.Standing, now.DryShare);

    private static double Blend(double now, double before) => (now * Mix) + (before * (1 - Mix));

    private static double Take(ref double left, double offered, double maxShare)
    {
        if (left <= 0 || offered <= 0)
            return 0;
        double share = left / offered;
        if (share <= maxShare)
        {
            left = 0;
            return share;
        }

        left -= maxShare * offered;
        return maxShare;
    }
}
