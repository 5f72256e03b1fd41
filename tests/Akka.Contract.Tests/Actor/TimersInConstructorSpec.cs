using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Timers are there before the actor's own constructor runs.</summary>
public sealed class TimersInConstructorSpec : ContractSpec
{
    private sealed class Ticking : UntypedActor, IWithTimers
    {
        private readonly IActorRef _listener;

        public Ticking(IActorRef listener)
        {
            _listener = listener;
            Timers.StartSingleTimer("key", "tick", TimeSpan.FromMilliseconds(1));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message) => _listener.Tell(message);
    }

    [Fact]
    public async Task A_constructor_may_start_a_timer()
    {
        Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        await ExpectMsgAsync("tick");
    }
}
