using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Akka.Contract.Tests.Dispatch;

/// <summary>A mailbox of one's own, named by HOCON: the queue decides, never blocks, and refuses with a reason.</summary>
public sealed class CustomMailboxSpec : ContractSpec
{
    /// <summary>What a sender gets whose message found no place.</summary>
    public sealed record Refused(object Message, int Capacity);

    /// <summary>Holds a fixed number of messages and tells the sender at once when there is no place.</summary>
    public sealed class RefusingQueue(int capacity) : IMessageQueue
    {
        private readonly ConcurrentQueue<Envelope> _queue = new();
        private int _count;

        public bool HasMessages => !_queue.IsEmpty;

        public int Count => _queue.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            if (Interlocked.Increment(ref _count) <= capacity)
            {
                _queue.Enqueue(envelope);
                return;
            }

            Interlocked.Decrement(ref _count);
            envelope.Sender.Tell(new Refused(envelope.Message, capacity), receiver);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            if (!_queue.TryDequeue(out envelope))
                return false;
            Interlocked.Decrement(ref _count);
            return true;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope))
                deadletters.Enqueue(owner, envelope);
        }
    }

    public sealed class RefusingMailbox : MailboxType, IProducesMessageQueue<RefusingQueue>
    {
        private readonly int _capacity;

        public RefusingMailbox(Settings settings, Config config)
            : base(settings, config) => _capacity = config.GetInt("places");

        public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new RefusingQueue(_capacity);
    }

    public CustomMailboxSpec()
        : base($$"""
            contract.refusing {
              mailbox-type = "{{typeof(RefusingMailbox).AssemblyQualifiedName}}"
              places = 2
            }
            akka.actor.deployment {
              /by-deployment { mailbox = contract.refusing }
            }
            contract.dispatcher-with-mailbox {
              type = Dispatcher
              mailbox-type = "{{typeof(RefusingMailbox).AssemblyQualifiedName}}"
              places = 2
            }
            """)
    {
    }

    private static Props FillsItself(IActorRef listener) => FuncActor.Of((context, message) =>
    {
        switch (message)
        {
            case "fill":
                for (var number = 0; number < 4; number++)
                    context.Self.Tell(number, listener);
                break;
            default:
                listener.Tell(message);
                break;
        }
    });

    private async Task AssertHasTwoPlacesAsync(IActorRef actor)
    {
        actor.Tell("fill", ActorRefs.NoSender);
        await ExpectMsgFromAsync(actor, new Refused(2, 2));
        await ExpectMsgFromAsync(actor, new Refused(3, 2));
        await ExpectMsgAsync(0);
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task The_props_name_the_mailbox() =>
        await AssertHasTwoPlacesAsync(Sys.ActorOf(FillsItself(TestActor).WithMailbox("contract.refusing")));

    [Fact]
    public async Task The_deployment_names_the_mailbox() =>
        await AssertHasTwoPlacesAsync(Sys.ActorOf(FillsItself(TestActor), "by-deployment"));

    [Fact]
    public async Task The_dispatcher_names_the_mailbox() =>
        await AssertHasTwoPlacesAsync(Sys.ActorOf(FillsItself(TestActor).WithDispatcher("contract.dispatcher-with-mailbox")));

    [Fact]
    public async Task The_queue_takes_messages_again_when_there_is_a_place()
    {
        var actor = Sys.ActorOf(FillsItself(TestActor).WithMailbox("contract.refusing"));
        for (var round = 0; round < 20; round++)
            await AssertHasTwoPlacesAsync(actor);
    }

    [Fact]
    public async Task System_messages_need_no_place()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            for (var number = 0; number < 4; number++)
                context.Self.Tell(number, TestActor);
            context.Stop(context.Self);
        }).WithMailbox("contract.refusing"));
        var deadLetters = Listen<DeadLetter>();
        await WatchNowAsync(actor);
        actor.Tell("fill", ActorRefs.NoSender);

        await ExpectMsgAsync(new Refused(2, 2));
        await ExpectMsgAsync(new Refused(3, 2));
        await ExpectTerminatedAsync(actor, Patience);
        Assert.Equal(0, (await deadLetters.ExpectMsgAsync<DeadLetter>()).Message);
        Assert.Equal(1, (await deadLetters.ExpectMsgAsync<DeadLetter>()).Message);
    }
}
