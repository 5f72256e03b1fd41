namespace Dispatcher.Actors;

/// <summary>Three circuit breakers ready for use. A preset's duration is both the window that it looks back on and the time for which it stays open.</summary>
public static class BreakerPresets
{
    /// <summary>For a dependency that is slow to heal: 60 % failures of at least 20 calls in 60 s; open for 60 s; one success closes it.</summary>
    public static BreakerSettings Patient { get; } = new()
    {
        FailureRate = 0.6,
        MinimumCalls = 20,
        Window = TimeSpan.FromSeconds(60),
        OpenFor = TimeSpan.FromSeconds(60),
        Probes = 1,
        SuccessesToClose = 1,
    };

    /// <summary>For one that fails and heals fast: 50 % failures of at least 10 calls in 5 s; open for 5 s; one success closes it.</summary>
    public static BreakerSettings Quick { get; } = Patient with
    {
        FailureRate = 0.5,
        MinimumCalls = 10,
        Window = TimeSpan.FromSeconds(5),
        OpenFor = TimeSpan.FromSeconds(5),
    };

    /// <summary>For one with few calls: 5 failures in a row; open for 30 s; two successes close it.</summary>
    public static BreakerSettings Consecutive { get; } = new()
    {
        ConsecutiveFailures = 5,
        OpenFor = TimeSpan.FromSeconds(30),
        Probes = 2,
        SuccessesToClose = 2,
    };

    /// <summary>Finds a preset by its name in the configuration.</summary>
    /// <param name="name"><c>patient</c>, <c>quick</c> or <c>consecutive</c>.</param>
    /// <returns>The preset; null where there is none of this name.</returns>
    public static BreakerSettings? Find(string name) => name switch
    {
        "patient" => Patient,
        "quick" => Quick,
        "consecutive" => Consecutive,
        _ => null,
    };
}
