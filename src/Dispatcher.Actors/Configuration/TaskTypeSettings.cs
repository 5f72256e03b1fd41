namespace Dispatcher.Actors.Configuration;

/// <summary>The settings of a type of task; whatever it does not set is its pool's.</summary>
public sealed record TaskTypeSettings
{
    /// <summary><c>retries</c></summary>
    public required RetrySettings Retries { get; init; }

    /// <summary><c>contract</c>, <c>queue.budget</c>, <c>payload-cap</c></summary>
    public required ContractSettings Contract { get; init; }

    /// <summary><c>roll-out</c>; null where its handler has no second version.</summary>
    public RollOutSettings? RollOut { get; init; }

    /// <summary>Where the values come from, by key: those of <see cref="TaskKeys.Contract"/>.</summary>
    internal IReadOnlyDictionary<string, SettingSource> Sources { get; init; } = new Dictionary<string, SettingSource>();
}
