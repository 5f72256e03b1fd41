using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Tests.Protocol;

public sealed class TaskIdTests
{
    [Theory]
    [InlineData(1, "0000000000000001")]
    [InlineData(0xABCDEF, "0000000000abcdef")]
    [InlineData(-1, "ffffffffffffffff")]
    public void ToString_AnyValue_PrintsSixteenDigitsThatParseBack(long value, string text)
    {
        Assert.Equal(text, new TaskId(value).ToString());
        Assert.Equal(new TaskId(value), TaskId.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("00000000000000001")]
    [InlineData("000000000000000g")]
    [InlineData(" 00000000000000a")]
    public void TryParse_AnythingElse_SaysNo(string? text) => Assert.False(TaskId.TryParse(text, out _));

    [Fact]
    public void Parse_NoId_NamesIt() =>
        Assert.Contains("'xyz'", Assert.Throws<FormatException>(() => TaskId.Parse("xyz")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task After_ManyCells_NeverTwice()
    {
        long[][] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            long[] own = new long[10_000];
            for (int i = 0; i < own.Length; i++)
                own[i] = TaskIds.After(i % 1000 == 0 ? 0 : own[i - 1]);
            return own;
        })));
        long[] all = [.. ids.SelectMany(own => own)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, id => Assert.InRange(id, 1, 1L << 55));
    }
}
