using System.Text.Json;

namespace Dispatcher.Actors.Tests.Protocol;

public sealed class OutcomeJsonTests
{
    public static TheoryData<OutcomeDetail, string> Details => new()
    {
        { new Rejected(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50)), """{"kind":"Rejected","reason":"QueueFull","retryAfterSeconds":0.05}""" },
        { new Rejected(RejectReason.Stopped, null), """{"kind":"Rejected","reason":"Stopped"}""" },
        { new Expired(ExpiredWhere.Queue), """{"kind":"Expired","where":"Queue"}""" },
        { new Cancelled("caller"), """{"kind":"Cancelled","by":"caller"}""" },
        { new Abandoned("stuck"), """{"kind":"Abandoned","why":"stuck"}""" },
    };

    [Theory]
    [MemberData(nameof(Details))]
    public void Ended_ThereAndBack_IsTheSame(OutcomeDetail detail, string json)
    {
        TaskOutcome<int> outcome = TaskOutcome<int>.Ended(detail);
        Assert.Equal(json, JsonSerializer.Serialize(outcome));
        Assert.Equal(outcome, JsonSerializer.Deserialize<TaskOutcome<int>>(json));
        Assert.Equal(json, JsonSerializer.Serialize(detail));
        Assert.Equal(detail, JsonSerializer.Deserialize<OutcomeDetail>(json));
    }

    [Fact]
    public void Completed_ThereAndBack_HasItsResultByTheCallersOptions()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
        TaskOutcome<Point> outcome = TaskOutcome<Point>.Completed(new Point(1, 2));
        string json = JsonSerializer.Serialize(outcome, options);
        Assert.Equal("""{"kind":"Completed","result":{"x":1,"y":2}}""", json);
        Assert.Equal(outcome, JsonSerializer.Deserialize<TaskOutcome<Point>>(json, options));
        TaskOutcome<string?> nothing = TaskOutcome<string?>.Completed(null);
        Assert.Equal(nothing, JsonSerializer.Deserialize<TaskOutcome<string?>>(JsonSerializer.Serialize(nothing)));
    }

    [Fact]
    public void Pending_ThereAndBack_IsTheSame()
    {
        Assert.Equal("""{"kind":"Pending"}""", JsonSerializer.Serialize(default(TaskOutcome<int>)));
        Assert.Equal(default, JsonSerializer.Deserialize<TaskOutcome<int>>("""{"kind":"Pending"}"""));
    }

    [Fact]
    public void Failed_ThereAndBack_KeepsTypeMessageAndChain_AndNoStack()
    {
        Exception error = Thrown(new InvalidOperationException("outer", new IOException("cause")));
        string json = JsonSerializer.Serialize(TaskOutcome<int>.Ended(new Failed(error, "Broken", 3)));
        Assert.Equal(
            """{"kind":"Failed","error":{"type":"System.InvalidOperationException","message":"outer","cause":{"type":"System.IO.IOException","message":"cause"}},"errorClass":"Broken","attempts":3}""",
            json);
        TaskOutcome<int> back = JsonSerializer.Deserialize<TaskOutcome<int>>(json);
        Failed failed = (Failed)back.Detail!;
        Assert.Equal(("Broken", 3), (failed.ErrorClass, failed.Attempts));
        RecordedException recorded = Assert.IsType<RecordedException>(failed.Error);
        Assert.Equal(("System.InvalidOperationException", "outer"), (recorded.ErrorType, recorded.Message));
        Assert.Equal("System.IO.IOException", Assert.IsType<RecordedException>(recorded.InnerException).ErrorType);
        Assert.Equal(json, JsonSerializer.Serialize(back));
    }

    [Fact]
    public void Failed_EndlessChainAndMessage_AreCut()
    {
        Exception error = new InvalidOperationException(new string('x', 100_000));
        for (int i = 0; i < 100; i++)
            error = new InvalidOperationException(new string('x', 100_000), error);
        Assert.InRange(JsonSerializer.Serialize(TaskOutcome<int>.Ended(new Failed(error, "Broken", 1))).Length, 16 * 8192, 17 * 8400);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    [InlineData("""{"kind":"Rejected"}""")]
    [InlineData("""{"kind":"Failed","errorClass":"x"}""")]
    [InlineData("""{"kind":"Nonsense"}""")]
    [InlineData("""{"kind":99}""")]
    public void Read_WhatIsNoOutcome_Throws(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TaskOutcome<int>>(json));

    private static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }

    private sealed record Point(int X, int Y);
}
