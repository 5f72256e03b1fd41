namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>Attribute values of the protocol's enumerations: lower case with underscores, made once.</summary>
internal static class ValueNames
{
    private static readonly string[] s_kinds = [.. Enum.GetNames<OutcomeKind>().Select(Snake)];
    private static readonly string[] s_reasons = [.. Enum.GetNames<RejectReason>().Select(Snake)];

    private static readonly string[] s_breakers = [.. Enum.GetNames<BreakerState>().Select(Snake)];
    private static readonly string[] s_findings = [.. Enum.GetNames<FindingKind>().Select(Snake)];
    private static readonly string[] s_sinks = [.. Enum.GetNames<TelemetrySink>().Select(Snake)];

    public static string Of(TelemetrySink sink) => s_sinks[(int)sink];

    public static string Of(BreakerState state) => s_breakers[(int)state];

    public static string Of(FindingKind kind) => s_findings[(int)kind];

    public static string Of(OutcomeKind kind) => s_kinds[(int)kind];

    public static string Of(RejectReason reason) => s_reasons[(int)reason];

    // "QueueFull" becomes "queue_full".
    private static string Snake(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
