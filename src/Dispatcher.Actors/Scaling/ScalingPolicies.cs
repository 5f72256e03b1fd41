using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Scaling;

/// <summary>The policies by their settings.</summary>
internal static class ScalingPolicies
{
    /// <summary>Makes the one that is asked for.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="bounds">The pool's bounds.</param>
    /// <returns>The policy; null for off.</returns>
    public static IScalingPolicy? Make(ScalingSettings settings, ScalingBounds bounds) => settings.Policy switch
    {
        ScalingKind.Slo => new SloPolicy(settings.Slo, bounds),
        ScalingKind.Article => new ArticlePolicy(settings.Article, bounds),
        _ => null,
    };
}
