using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Actor;

/// <summary>Races of several real threads: what is promised holds whoever wins.</summary>
public sealed class ConcurrencySpec : ContractSpec
{
    private sealed record Work(int Number);

    /// <summary>Counts the dead letters of <see cref="Work"/> from the event stream.</summary>
    private sealed class LetterCount : ReceiveActor
    {
        public LetterCount(Action counted) => Receive<DeadLetter>(letter =>
        {
            if (letter.Message is Work)
                counted();
        });
    }

    [Fact]
    public async Task A_watch_against_a_stop_yields_exactly_one_Terminated()
    {
        var terminated = 0;
        var watchers = new IActorRef[4];
        for (var index = 0; index < watchers.Length; index++)
        {
            watchers[index] = Sys.ActorOf(FuncActor.Of((context, message) =>
            {
                if (message is Terminated)
                    Interlocked.Increment(ref terminated);
                else
                    context.Watch((IActorRef)message);
            }));
        }

        const int rounds = 500;
        var subjects = Enumerable.Range(0, rounds).Select(_ => Sys.ActorOf(FuncActor.Echo())).ToArray();
        await OnThreadsAsync(2, thread =>
        {
            foreach (var subject in subjects)
            {
                if (thread == 0)
                {
                    Sys.Stop(subject);
                    continue;
                }

                foreach (var watcher in watchers)
                    watcher.Tell(subject, ActorRefs.NoSender);
            }
        });

        await UntilAsync(() => Volatile.Read(ref terminated) >= rounds * watchers.Length);
        foreach (var watcher in watchers)
            await FenceAsync(watcher);
        Assert.Equal(rounds * watchers.Length, Volatile.Read(ref terminated));
    }

    [Fact]
    public async Task A_tell_against_a_stop_is_handled_or_becomes_a_dead_letter()
    {
        const int threads = 4;
        const int perThread = 2_000;
        const int rounds = 10;
        var handled = 0;
        var dead = 0;
        var counter = Sys.ActorOf(Props.Create(() => new LetterCount(() => Interlocked.Increment(ref dead))));
        Sys.EventStream.Subscribe(counter, typeof(DeadLetter));

        for (var round = 1; round <= rounds; round++)
        {
            var receiver = Sys.ActorOf(FuncActor.Of((_, _) => Interlocked.Increment(ref handled)));
            await OnThreadsAsync(threads, thread =>
            {
                for (var number = 0; number < perThread; number++)
                {
                    receiver.Tell(new Work(number), ActorRefs.NoSender);
                    if (thread == 0 && number == perThread / 2)
                        Sys.Stop(receiver);
                }
            });
            var sent = round * threads * perThread;
            await UntilAsync(() => Volatile.Read(ref handled) + Volatile.Read(ref dead) >= sent);
            Assert.Equal(sent, Volatile.Read(ref handled) + Volatile.Read(ref dead));
        }
    }

    [Fact]
    public async Task A_tell_right_after_the_making_of_an_actor_is_handled()
    {
        var handled = 0;
        await OnThreadsAsync(4, _ =>
        {
            for (var number = 0; number < 250; number++)
            {
                var actor = Sys.ActorOf(FuncActor.Of((_, _) => Interlocked.Increment(ref handled)));
                actor.Tell(1, ActorRefs.NoSender);
                actor.Tell(2, ActorRefs.NoSender);
            }
        });
        await UntilAsync(() => Volatile.Read(ref handled) == 2_000);
    }

    [Fact]
    public async Task An_ask_against_a_stop_is_answered_or_leaves_a_dead_letter()
    {
        var letters = 0;
        var counter = Sys.ActorOf(Props.Create(() => new LetterCount(() => Interlocked.Increment(ref letters))));
        Sys.EventStream.Subscribe(counter, typeof(DeadLetter));
        using var givingUp = new CancellationTokenSource();
        var asking = new List<Task<Work>>();

        for (var round = 0; round < 20; round++)
        {
            var echo = Sys.ActorOf(FuncActor.Echo());
            var asked = new Task<Work>[50];
            await OnThreadsAsync(2, thread =>
            {
                if (thread == 0)
                {
                    Sys.Stop(echo);
                    return;
                }

                for (var number = 0; number < asked.Length; number++)
                    asked[number] = echo.Ask<Work>(new Work(number), givingUp.Token);
            });
            asking.AddRange(asked);
        }

        await UntilAsync(() => asking.Count(ask => ask.IsCompletedSuccessfully) + Volatile.Read(ref letters) >= asking.Count);
        var answered = asking.Count(ask => ask.IsCompletedSuccessfully);
        Assert.Equal(asking.Count, answered + Volatile.Read(ref letters));
        await givingUp.CancelAsync();
        Assert.Equal(asking.Count - answered, asking.Count(ask => !ask.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Of_several_threads_that_take_one_name_one_gets_it()
    {
        for (var round = 0; round < 50; round++)
        {
            var made = 0;
            var refused = 0;
            await OnThreadsAsync(4, _ =>
            {
                try
                {
                    Sys.ActorOf(FuncActor.Echo(), $"name-{round}");
                    Interlocked.Increment(ref made);
                }
                catch (InvalidActorNameException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            Assert.Equal((1, 3), (made, refused));
        }
    }

    [Fact]
    public async Task A_system_ends_although_threads_still_make_actors()
    {
        for (var round = 0; round < 10; round++)
        {
            var system = ActorSystem.Create("ending", Akka.Configuration.ConfigurationFactory.ParseString("""
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                """));
            await OnThreadsAsync(3, thread =>
            {
                if (thread == 0)
                {
                    system.Terminate();
                    return;
                }

                try
                {
                    for (var number = 0; number < 500; number++)
                        system.ActorOf(FuncActor.Echo());
                }
                catch (InvalidOperationException)
                {
                    // The system takes no more.
                }
            });
            await system.WhenTerminated.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task Children_made_and_stopped_at_once_leave_none_behind()
    {
        var parent = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            switch (message)
            {
                case "make":
                    context.Stop(context.ActorOf(FuncActor.Echo()));
                    context.ActorOf(FuncActor.Echo()).Tell(PoisonPill.Instance);
                    break;
                default:
                    context.Sender.Tell(context.GetChildren().Count());
                    break;
            }
        }));
        for (var round = 0; round < 500; round++)
            parent.Tell("make", ActorRefs.NoSender);
        await UntilAsync(async () => Assert.Equal(0, await parent.Ask<int>("count", Patience)));
    }

    [Fact]
    public async Task Failures_against_a_stop_end_with_the_stop()
    {
        for (var round = 0; round < 50; round++)
        {
            var supervisor = Supervise(new OneForOneStrategy(_ => Directive.Restart));
            var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
            await WatchNowAsync(supervisor);
            await OnThreadsAsync(2, thread =>
            {
                if (thread == 0)
                {
                    for (var number = 0; number < 20; number++)
                        child.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
                }
                else
                {
                    Sys.Stop(supervisor);
                }
            });
            await ExpectTerminatedAsync(supervisor, Patience);
        }
    }
}
