using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace Dispatcher.Actors.Workers.Failures;

/// <summary>Which errors may be gone at the next attempt, as far as the exception itself tells.</summary>
internal static class TransientErrors
{
    /// <summary>Whether an error is of that kind: time-outs, lost connections, refusals that ask to come again. A bug never is.</summary>
    /// <param name="error">The exception.</param>
    public static bool Contains(Exception error) => ErrorClasses.Unwrap(error) switch
    {
        TimeoutException or SocketException => true,
        // HttpClient reports its own time-out so.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpRequestException request => request.StatusCode is not { } status || IsTransient(status),
        DbException database => database.IsTransient,
        TaskOutcomeException { Detail: Rejected { RetryAfter: not null } } => true,
        FileNotFoundException or DirectoryNotFoundException or PathTooLongException => false,
        IOException => true,
        _ => false,
    };

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || ((int)status >= 500 && status != HttpStatusCode.NotImplemented);
}
