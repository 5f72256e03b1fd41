namespace Dispatcher.Actors.Telemetry;

/// <summary>Where telemetry goes: code of others, which may throw. (Of the event source the runtime itself keeps what listeners throw.)</summary>
internal enum TelemetrySink
{
    /// <summary>Loggers.</summary>
    Log,

    /// <summary>Listeners of the meter.</summary>
    Metrics,

    /// <summary>Listeners of the activity source.</summary>
    Spans,

    /// <summary>Subscribers of the actor system's event stream.</summary>
    EventStream,
}
