using Akka.Actor;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>One message that goes back and forth between two actors; an operation is one way.</summary>
internal sealed class PingPongContestant : IContestant
{
    private readonly ActorSystem _system = Engines.Start();
    private readonly IActorRef _ping;
    private readonly IActorRef _pong;

    private PingPongContestant()
    {
        _ping = _system.ActorOf(Props.Create(() => new Player()), "ping");
        _pong = _system.ActorOf(Props.Create(() => new Player()), "pong");
    }

    public static Peer Peer() => new("Akka", () => new PingPongContestant());

    public Task RunAsync(Round round)
    {
        var ball = new Ball(round.Operations);
        _ping.Tell(ball, _pong);
        return ball.Done;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed class Player : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (((Ball)message).Hit()) Sender.Tell(message, Self);
        }
    }
}

/// <summary>Knows how often it may still be hit. Only one player at a time has it.</summary>
internal sealed class Ball(int hits)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = hits;

    public Task Done => _done.Task;

    /// <summary>False for the last hit.</summary>
    public bool Hit()
    {
        if (--_left > 0) return true;
        _done.SetResult();
        return false;
    }
}
