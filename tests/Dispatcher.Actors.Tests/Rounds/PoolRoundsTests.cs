using Dispatcher.Actors.Rounds;

namespace Dispatcher.Actors.Tests.Rounds;

public sealed class PoolRoundsTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly PoolRounds _rounds = new();

    [Fact]
    public void Run_OneThrows_TheOthersHaveTheirTurnAndItBeginsAnew()
    {
        InvalidOperationException failure = new("on purpose");
        FakeRound before = new(), faulty = new() { Failure = failure }, after = new();
        Take(before, faulty, after);
        Assert.True(_rounds.Run(s_second));
        Assert.Equal(failure, Assert.Single(faulty.Recovered));
        faulty.Failure = null;
        Assert.True(_rounds.Run(s_second));
        Assert.Equal((2, 2, 2), (before.Turns, faulty.Turns, after.Turns));
        Assert.Single(faulty.Recovered);
    }

    [Fact]
    public void Run_OneCannotBeginAnew_ThrowsWhenAllOthersHadTheirTurnAndThoseThatAreOverAreGone()
    {
        InvalidOperationException failure = new("on purpose"), first = new("first"), second = new("second");
        FakeRound faulty = new() { Failure = failure, FailureToRecover = first }, other = new() { Failure = failure, FailureToRecover = second };
        FakeRound over = new() { Over = true }, after = new();
        Take(faulty, over, other, after);
        Assert.Same(first, Assert.Throws<InvalidOperationException>(() => _rounds.Run(s_second)));
        Assert.Equal((1, 1, 1, 0), (faulty.Turns, other.Turns, after.Turns, over.Turns));
        faulty.Failure = other.Failure = null;
        over.Over = false;
        Assert.True(_rounds.Run(s_second));
        Assert.Equal((2, 2, 2, 0), (faulty.Turns, other.Turns, after.Turns, over.Turns));
    }

    [Fact]
    public void Run_PoolIsOver_HasNoTurnAnyMoreAndTheLastEndsTheInterval()
    {
        FakeRound one = new(), other = new();
        Take(one, other);
        one.Over = true;
        Assert.True(_rounds.Run(s_second));
        Assert.Equal((0, 1), (one.Turns, other.Turns));
        other.Over = true;
        Assert.False(_rounds.Run(s_second));
        Assert.False(_rounds.Run(s_second));
        Assert.Empty(_rounds.TakeAdded());
        FakeRound next = new();
        Assert.Equal([s_second], Take(next));
        Assert.True(_rounds.Run(s_second));
        Assert.Equal((0, 1, 1), (one.Turns, other.Turns, next.Turns));
    }

    [Fact]
    public void Add_WhileItRuns_JoinsTheNextTickOfItsInterval()
    {
        FakeRound first = new(), late = new();
        Take(first);
        _rounds.Run(s_second);
        Assert.True(_rounds.Add(late));
        Assert.True(_rounds.Run(s_second));
        Assert.Equal(0, late.Turns);
        Assert.Equal([s_second], _rounds.TakeAdded());
        // The tick of those that were there: it comes sooner than an interval after the late one was added.
        _rounds.Run(s_second);
        Assert.Equal((3, 1), (first.Turns, late.Turns));
    }

    [Fact]
    public void Add_CallIsDueAlready_AsksForNoOther()
    {
        Assert.True(_rounds.Add(new FakeRound()));
        Assert.False(_rounds.Add(new FakeRound()));
        _rounds.TakeAdded();
        Assert.True(_rounds.Add(new FakeRound()));
    }

    [Fact]
    public void Run_DifferentIntervals_EachHasItsOwnTurns()
    {
        FakeRound[] seconds = [new(), new()];
        FakeRound minutes = new() { Every = s_minute };
        Assert.Equal([s_second, s_minute], Take(seconds[0], minutes, seconds[1]).Order());
        for (int tick = 0; tick < 60; tick++)
            Assert.True(_rounds.Run(s_second));
        Assert.True(_rounds.Run(s_minute));
        Assert.Equal((60, 60, 1), (seconds[0].Turns, seconds[1].Turns, minutes.Turns));
        minutes.Over = true;
        Assert.False(_rounds.Run(s_minute));
        Assert.Equal([s_second], _rounds.TakeAdded());
    }

    [Fact]
    public void Add_FromManyThreadsWhileItRuns_LosesNone()
    {
        const int Threads = 4, Each = 500;
        FakeRound[] all = [.. Enumerable.Range(0, Threads * Each).Select(static _ => new FakeRound())];
        int due = 0, ended = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            foreach (FakeRound round in all.AsSpan(index * Each, Each))
            {
                if (_rounds.Add(round))
                    Interlocked.Increment(ref due);
            }

            Interlocked.Increment(ref ended);
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        // The one that owns the rounds takes only when it was told to, as the actor does.
        bool isLast = false;
        while (!isLast)
        {
            isLast = Volatile.Read(ref ended) == Threads;
            if (Interlocked.Exchange(ref due, 0) > 0)
                _rounds.TakeAdded();
            _rounds.Run(s_second);
        }

        Array.ForEach(threads, static thread => thread.Join());
        Assert.All(all, static round => Assert.NotEqual(0, round.Turns));
    }

    private IReadOnlyCollection<TimeSpan> Take(params FakeRound[] rounds)
    {
        foreach (FakeRound round in rounds)
            _rounds.Add(round);
        return _rounds.TakeAdded();
    }
}
