using System.Net;
using System.Net.Sockets;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Tests.Workers.Failures;

public sealed class ErrorPatternTests
{
    public static TheoryData<string, Exception, bool> Names => new()
    {
        { "TimeoutException", new TimeoutException(), true },
        { "System.TimeoutException", new TimeoutException(), true },
        { "IOException", new FileNotFoundException(), true }, // derived from it
        { "FileNotFoundException", new IOException(), false },
        { "System.Net.*", new SocketException(), true },
        { "Time*", new TimeoutException(), true },
        { "time*", new TimeoutException(), false }, // as the type is written
        { "any", new FormatException(), true },
        { "any*", new FormatException(), false }, // a beginning of names, and no word of ours
        { "Object", new FormatException(), false },
        { "TimeoutException", new AggregateException(new TimeoutException()), true }, // what it is about
        { "TimeoutException", new AggregateException(new TimeoutException(), new FormatException()), false },
        { "ForeignCancellation", new TaskCanceledException(), true },
        { "transient", new TimeoutException(), true },
        { "transient", new FormatException(), false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Matches_NamesOfErrors_AsWritten(string pattern, Exception error, bool expected)
    {
        Assert.True(ErrorPattern.TryParse(pattern, out ErrorPattern? parsed));
        Assert.Equal(expected, parsed!.Matches(error, ErrorClasses.Of(error)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a*b")]
    [InlineData("*")] // that is any
    [InlineData("**")]
    [InlineData("Timeout-Exception")]
    public void TryParse_NoName_IsRefused(string text)
    {
        Assert.False(ErrorPattern.TryParse(text, out _));
        ArgumentException error = Assert.Throws<ArgumentException>(() => ErrorPattern.ParseAll([text]));
        Assert.Contains($"'{text}': expected names of exceptions", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, bool> Transients => new()
    {
        { new SocketException(), true },
        { new IOException("reset"), true },
        { new FileNotFoundException(), false },
        { new DirectoryNotFoundException(), false },
        { new TaskCanceledException("HttpClient", new TimeoutException()), true },
        { new TaskCanceledException(), false },
        { new HttpRequestException("no answer"), true },
        { new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable), true },
        { new HttpRequestException("slow down", null, HttpStatusCode.TooManyRequests), true },
        { new HttpRequestException("never", null, HttpStatusCode.NotImplemented), false },
        { new HttpRequestException("wrong", null, HttpStatusCode.BadRequest), false },
        { new TaskOutcomeException(OutcomeKind.Rejected, new Rejected(RejectReason.QueueFull, TimeSpan.FromSeconds(1))), true },
        { new TaskOutcomeException(OutcomeKind.Rejected, new Rejected(RejectReason.QueueFull, null)), false },
        { new InvalidOperationException(), false },
    };

    [Theory]
    [MemberData(nameof(Transients))]
    public void Transient_Errors_ThatMayBeGoneAtTheNextAttempt(Exception error, bool expected) => Assert.Equal(expected, TransientErrors.Contains(error));
}
