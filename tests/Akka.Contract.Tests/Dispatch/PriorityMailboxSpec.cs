using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;

namespace Akka.Contract.Tests.Dispatch;

/// <summary>"Priority mailboxes are stable for equal priority only if they say so." Lower numbers first.</summary>
public sealed class PriorityMailboxSpec : ContractSpec
{
    public sealed class ByNumber : UnboundedPriorityMailbox
    {
        public ByNumber(Settings settings, Config config)
            : base(settings, config)
        {
        }

        protected override int PriorityGenerator(object message) => message is int number ? number : int.MaxValue;
    }

    public sealed class ByTens : UnboundedStablePriorityMailbox
    {
        public ByTens(Settings settings, Config config)
            : base(settings, config)
        {
        }

        protected override int PriorityGenerator(object message) => message is int number ? number / 10 : int.MaxValue;
    }

    public PriorityMailboxSpec()
        : base($$"""
            contract.by-number.mailbox-type = "{{typeof(ByNumber).AssemblyQualifiedName}}"
            contract.by-tens.mailbox-type = "{{typeof(ByTens).AssemblyQualifiedName}}"
            """)
    {
    }

    /// <summary>Tells itself the numbers in one turn, so that all of them wait in the mailbox together.</summary>
    private async Task<List<int>> HandledOrderAsync(string mailbox, IEnumerable<int> numbers)
    {
        var told = numbers.ToArray();
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is int)
            {
                TestActor.Tell(message);
                return;
            }

            foreach (var number in told)
                context.Self.Tell(number);
        }).WithMailbox(mailbox));
        actor.Tell("go", ActorRefs.NoSender);
        var handled = new List<int>();
        while (handled.Count < told.Length)
            handled.Add(await ExpectMsgAsync<int>());
        return handled;
    }

    [Fact]
    public async Task Lower_numbers_come_first()
    {
        var numbers = Enumerable.Range(0, 500).Select(index => index * 7919 % 500).ToArray();
        Assert.Equal(numbers.Order(), await HandledOrderAsync("contract.by-number", numbers));
    }

    [Fact]
    public async Task A_stable_mailbox_keeps_the_order_of_equal_priorities()
    {
        var numbers = Enumerable.Range(0, 500).Select(index => index * 7919 % 500).ToArray();
        Assert.Equal(numbers.OrderBy(number => number / 10), await HandledOrderAsync("contract.by-tens", numbers));
    }

    [Fact]
    public async Task No_message_is_lost_while_threads_put_and_the_actor_takes()
    {
        const int perThread = 5_000;
        var handled = 0;
        var sum = 0L;
        var actor = Sys.ActorOf(FuncActor.Of((_, message) =>
        {
            handled++;
            sum += (int)message;
            if (handled == 4 * perThread)
                TestActor.Tell(sum);
        }).WithMailbox("contract.by-number"));
        await OnThreadsAsync(4, _ =>
        {
            for (var number = 0; number < perThread; number++)
                actor.Tell(number, ActorRefs.NoSender);
        });
        await ExpectMsgAsync(4L * perThread * (perThread - 1) / 2);
    }
}
