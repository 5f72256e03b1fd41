using Akka.Actor;

namespace Dispatcher.Actors.Rounds;

/// <summary>
/// Owns the timers of an actor system's pools, one for each interval. In: ticks, and word that there is more to do. Out: whatever the rounds do. When
/// it fails, its successor goes on with the same rounds.
/// </summary>
internal sealed class RoundsActor : ReceiveActor, IWithTimers
{
    /// <summary>Its name below /user.</summary>
    public const string Name = "task-rounds";

    private readonly PoolRounds _rounds;

    private RoundsActor(PoolRounds rounds)
    {
        _rounds = rounds;
        Receive<Review>(_ => StartTimers());
        Receive<Tick>(OnTick);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="rounds">What is to be done.</param>
    public static Props Props(PoolRounds rounds) => Akka.Actor.Props.CreateBy(new Producer(rounds)).WithMailbox("dispatcher.mailbox");

    /// <inheritdoc/>
    protected override void PreStart() => StartTimers();

    private void StartTimers()
    {
        foreach (TimeSpan every in _rounds.TakeAdded())
        {
            if (!Timers.IsTimerActive(every))
                Timers.StartPeriodicTimer(every, new Tick(every), every);
        }
    }

    private void OnTick(Tick tick)
    {
        if (!_rounds.Run(tick.Every))
            Timers.Cancel(tick.Every);
    }

    /// <summary>Something was added.</summary>
    internal sealed class Review
    {
        public static readonly Review Instance = new();
    }

    private sealed record Tick(TimeSpan Every);

    private sealed class Producer(PoolRounds rounds) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RoundsActor);

        public ActorBase Produce() => new RoundsActor(rounds);

        public void Release(ActorBase actor)
        {
        }
    }
}
