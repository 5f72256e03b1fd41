namespace Akka.Event;

/// <summary>How much an event matters, in rising order.</summary>
public enum LogLevel { DebugLevel, InfoLevel, WarningLevel, ErrorLevel }
