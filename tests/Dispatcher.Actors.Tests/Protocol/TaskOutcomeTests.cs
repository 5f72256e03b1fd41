namespace Dispatcher.Actors.Tests.Protocol;

public sealed class TaskOutcomeTests
{
    public static TheoryData<OutcomeDetail, OutcomeKind> Details => new()
    {
        { new Failed(new InvalidOperationException("no"), "InvalidOperationException", 2), OutcomeKind.Failed },
        { new Rejected(RejectReason.QueueFull, TimeSpan.FromSeconds(1)), OutcomeKind.Rejected },
        { new Expired(ExpiredWhere.Queue), OutcomeKind.Expired },
        { new Cancelled("someone"), OutcomeKind.Cancelled },
        { new Abandoned("stuck"), OutcomeKind.Abandoned },
    };

    [Fact]
    public void Default_IsPending()
    {
        TaskOutcome<int> outcome = default;
        Assert.Equal(OutcomeKind.Pending, outcome.Kind);
        Assert.False(outcome.IsCompleted);
    }

    [Fact]
    public void Completed_HasItsResultAndNoDetail()
    {
        (OutcomeKind kind, int result, OutcomeDetail? detail) = TaskOutcome<int>.Completed(7);
        Assert.Equal(OutcomeKind.Completed, kind);
        Assert.Equal(7, result);
        Assert.Null(detail);
        Assert.Equal(7, TaskOutcome<int>.Completed(7).GetResultOrThrow());
    }

    [Theory]
    [MemberData(nameof(Details))]
    public void Ended_AnyDetail_HasItsKindAndThrowsOnDemand(OutcomeDetail detail, OutcomeKind kind)
    {
        TaskOutcome<string> outcome = TaskOutcome<string>.Ended(detail);
        Assert.Equal(kind, outcome.Kind);
        Assert.Null(outcome.Result);
        TaskOutcomeException thrown = Assert.Throws<TaskOutcomeException>(outcome.GetResultOrThrow);
        Assert.Equal(kind, thrown.Kind);
        Assert.Same(detail, thrown.Detail);
        Assert.Same((detail as Failed)?.Error, thrown.InnerException);
    }

    [Fact]
    public void Equality_SameKindAndContent_IsEqual()
    {
        Assert.Equal(TaskOutcome<int>.Completed(1), TaskOutcome<int>.Completed(1));
        Assert.True(TaskOutcome<int>.Completed(1) != TaskOutcome<int>.Completed(2));
        Assert.True(TaskOutcome<int>.Ended(new Cancelled("a")) == TaskOutcome<int>.Ended(new Cancelled("a")));
    }

    [Fact]
    public void RethrowFailure_FailedTask_ThrowsTheHandlersOwnException()
    {
        InvalidOperationException error = new("no");
        TaskOutcome<int> outcome = TaskOutcome<int>.Ended(new Failed(error, "x", 1));
        Assert.Same(error, Assert.Throws<InvalidOperationException>(outcome.RethrowFailure));
        TaskOutcome<int>.Completed(1).RethrowFailure();
    }
}
