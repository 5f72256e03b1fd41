using Dispatcher.Actors.Rounds;

namespace Dispatcher.Actors.Tests.Rounds;

/// <summary>A round that counts its turns, and fails as a test says.</summary>
internal sealed class FakeRound : IPoolRound
{
    private int _turns;

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    public volatile bool Over;

    public Exception? Failure { get; set; }

    public Exception? FailureToRecover { get; set; }

    public int Turns => Volatile.Read(ref _turns);

    public List<Exception> Recovered { get; } = [];

    public bool IsOver => Over;

    public void Run()
    {
        Interlocked.Increment(ref _turns);
        if (Failure != null)
            throw Failure;
    }

    public void Recover(Exception error)
    {
        Recovered.Add(error);
        if (FailureToRecover != null)
            throw FailureToRecover;
    }
}
