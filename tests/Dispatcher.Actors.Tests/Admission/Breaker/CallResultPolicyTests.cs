using Dispatcher.Actors.Admission.Breaker;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class CallResultPolicyTests
{
    [Theory]
    [InlineData(OutcomeKind.Completed, ExpiredWhere.Submit, CallResult.Succeeded)]
    [InlineData(OutcomeKind.Failed, ExpiredWhere.Submit, CallResult.Failed)]
    [InlineData(OutcomeKind.Abandoned, ExpiredWhere.Submit, CallResult.Failed)]
    [InlineData(OutcomeKind.Expired, ExpiredWhere.Run, CallResult.Failed)]
    [InlineData(OutcomeKind.Expired, ExpiredWhere.Queue, CallResult.Ignored)]
    [InlineData(OutcomeKind.Expired, ExpiredWhere.Submit, CallResult.Ignored)]
    [InlineData(OutcomeKind.Cancelled, ExpiredWhere.Submit, CallResult.Ignored)]
    [InlineData(OutcomeKind.Rejected, ExpiredWhere.Submit, CallResult.Ignored)]
    internal void Of_Outcome_SaysWhatItMeansForTheBreaker(OutcomeKind kind, ExpiredWhere where, CallResult expected) =>
        Assert.Equal(expected, CallResultPolicy.Of(kind, where));

    [Fact]
    public void Of_ForeignOperationCanceledException_IsAFailure() =>
        Assert.Equal(CallResult.Failed, CallResultPolicy.Of(new TaskCanceledException("a client's own time-out"), wasAskedToStop: false));

    [Fact]
    public void Of_OperationCanceledExceptionAfterARequestToStop_SaysNothing() =>
        Assert.Equal(CallResult.Ignored, CallResultPolicy.Of(new OperationCanceledException(), wasAskedToStop: true));

    [Fact]
    public void Of_OtherExceptionAfterARequestToStop_IsAFailure() =>
        Assert.Equal(CallResult.Failed, CallResultPolicy.Of(new InvalidOperationException(), wasAskedToStop: true));
}
