using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors;

/// <summary>An error that happened elsewhere, as its record tells it: the type's name, the message, the causes. Without a stack.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always made from a record")]
public sealed class RecordedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorType">The full name of the type of the error.</param>
    /// <param name="message">Its message.</param>
    /// <param name="cause">What caused it; null for nothing.</param>
    public RecordedException(string errorType, string message, Exception? cause = null)
        : base(message, cause) => ErrorType = errorType;

    /// <summary>The full name of the type of the error.</summary>
    public string ErrorType { get; }
}
