using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Order holds for each sender-receiver pair only. An actor handles one message at a time."</summary>
public sealed class OrderSpec : ContractSpec
{
    private const int Threads = 4;
    private const int PerThread = 25_000;

    private sealed record Numbered(int Sender, int Number);

    [Fact]
    public async Task Order_holds_for_each_sender_and_receiver()
    {
        var echo = Sys.ActorOf(FuncActor.Echo());
        for (var number = 0; number < 1_000; number++)
            echo.Tell(number, TestActor);
        for (var number = 0; number < 1_000; number++)
            await ExpectMsgAsync(number);
    }

    [Fact]
    public async Task Order_holds_for_each_of_several_threads_that_send_at_once()
    {
        var next = new int[Threads];
        var left = Threads * PerThread;
        var disorder = 0;
        var receiver = Sys.ActorOf(FuncActor.Of((_, message) =>
        {
            var numbered = (Numbered)message;
            if (next[numbered.Sender]++ != numbered.Number)
                disorder++;
            if (--left == 0)
                TestActor.Tell(disorder);
        }));

        await OnThreadsAsync(Threads, thread =>
        {
            for (var number = 0; number < PerThread; number++)
                receiver.Tell(new Numbered(thread, number), ActorRefs.NoSender);
        });

        await ExpectMsgAsync(0);
    }

    [Fact]
    public async Task An_actor_handles_one_message_at_a_time()
    {
        var inside = 0;
        var overlaps = 0;
        var handled = 0;
        var receiver = Sys.ActorOf(FuncActor.Of((_, _) =>
        {
            if (Interlocked.Increment(ref inside) != 1)
                Interlocked.Increment(ref overlaps);
            handled++;
            Interlocked.Decrement(ref inside);
            if (handled == Threads * PerThread)
                TestActor.Tell(overlaps);
        }));

        await OnThreadsAsync(Threads, _ =>
        {
            for (var number = 0; number < PerThread; number++)
                receiver.Tell(number, ActorRefs.NoSender);
        });

        await ExpectMsgAsync(0);
    }

    [Fact]
    public async Task What_an_actor_wrote_in_one_turn_it_sees_in_the_next_on_whatever_thread()
    {
        var state = 0L;
        var relay = new IActorRef[2];
        for (var index = 0; index < 2; index++)
        {
            var other = 1 - index;
            relay[index] = Sys.ActorOf(FuncActor.Of((_, message) =>
            {
                state++;
                if ((int)message == 0)
                    TestActor.Tell(state);
                else
                    relay[other].Tell((int)message - 1);
            }));
        }

        relay[0].Tell(10_000, ActorRefs.NoSender);

        await ExpectMsgAsync(10_001L);
    }

    [Fact]
    public async Task System_messages_run_before_the_user_messages_that_wait()
    {
        var deadLetters = Listen<Akka.Event.DeadLetter>();
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is not "go")
            {
                TestActor.Tell("handled after the stop");
                return;
            }

            context.Self.Tell("left over");
            context.Stop(context.Self);
        }));
        await WatchNowAsync(actor);

        actor.Tell("go", ActorRefs.NoSender);

        await ExpectTerminatedAsync(actor, Patience);
        await deadLetters.ExpectMsgAsync<Akka.Event.DeadLetter>(letter => "left over".Equals(letter.Message));
    }
}
