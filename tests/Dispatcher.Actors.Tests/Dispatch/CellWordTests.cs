using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Tests.Dispatch;

public sealed class CellWordTests
{
    private const long BigId = (1L << 51) - 1;

    [Theory]
    [InlineData(1)]
    [InlineData(BigId)]
    public void Of_IdAndState_GivesBothBack(long id)
    {
        foreach (CellState state in Enum.GetValues<CellState>())
        {
            long word = CellWord.Of(id, state);
            Assert.Equal(id, CellWord.IdOf(word));
            Assert.Equal(state, CellWord.StateOf(word));
            Assert.False(CellWord.IsCancelRequested(word));
        }
    }

    [Fact]
    public void WithCancel_AnyWord_KeepsIdAndStateAndOutlivesAMove()
    {
        long word = CellWord.WithCancel(CellWord.Of(42, CellState.Running));
        long ended = CellWord.With(word, CellState.Ended);
        Assert.Equal(42, CellWord.IdOf(ended));
        Assert.Equal(CellState.Ended, CellWord.StateOf(ended));
        Assert.True(CellWord.IsCancelRequested(ended));
    }

    [Fact]
    public void NextRun_RunningWord_IsDelayedWithoutItsTryOver()
    {
        long word = CellWord.Of(42, CellState.Running);
        for (int run = 1; run < CellWord.MaxRuns; run++)
        {
            word = CellWord.NextRun(CellWord.WithTryOver(CellWord.With(word, CellState.Running)));
            Assert.Equal((42, run, CellState.Delayed), (CellWord.IdOf(word), CellWord.RunOf(word), CellWord.StateOf(word)));
            Assert.False(CellWord.IsStopRequested(word));
            Assert.False(CellWord.IsPlain(word));
        }
    }

    [Fact]
    public void IsPlain_AnyRequestToStop_IsNot()
    {
        long word = CellWord.Of(42, CellState.Running);
        Assert.True(CellWord.IsPlain(word));
        Assert.False(CellWord.IsPlain(CellWord.WithCancel(word)));
        Assert.False(CellWord.IsPlain(CellWord.WithTryOver(word)));
    }
}
