using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;

namespace Akka.Contract.Tests.Dispatch;

/// <summary>Dispatchers by HOCON: built-in ones and one's own; "a mailbox run handles at most the dispatcher's throughput, then yields its thread".</summary>
public sealed class DispatcherSpec : ContractSpec
{
    /// <summary>Runs everything on one thread of its own, first come, first served.</summary>
    public sealed class OneThreadDispatcher : MessageDispatcher
    {
        private readonly BlockingCollection<IRunnable> _work = [];

        public OneThreadDispatcher(MessageDispatcherConfigurator configurator)
            : base(configurator)
        {
            Id = configurator.Config.GetString("id")!;
            Throughput = configurator.Config.GetInt("throughput");
            ShutdownTimeout = configurator.Config.GetTimeSpan("shutdown-timeout");
            new Thread(Run) { IsBackground = true, Name = "contract-one-thread" }.Start();
        }

        protected override void ExecuteTask(IRunnable run) => _work.Add(run);

        protected override void Shutdown() => _work.CompleteAdding();

        private void Run()
        {
            foreach (var run in _work.GetConsumingEnumerable())
                run.Run();
        }
    }

    public sealed class OneThreadConfigurator : MessageDispatcherConfigurator
    {
        private readonly OneThreadDispatcher _dispatcher;

        public OneThreadConfigurator(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) => _dispatcher = new OneThreadDispatcher(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }

    public DispatcherSpec()
        : base($$"""
            contract.one-thread {
              type = "{{typeof(OneThreadConfigurator).AssemblyQualifiedName}}"
              throughput = 2
              shutdown-timeout = 10s
            }
            contract.own {
              type = Dispatcher
              throughput = 7
            }
            contract.alias = contract.own
            contract.fork-join {
              type = ForkJoinDispatcher
              dedicated-thread-pool.thread-count = 2
            }
            akka.actor.deployment {
              /deployed { dispatcher = contract.pinned-dispatcher }
            }
            """)
    {
    }

    private static Props ThreadReporter => FuncActor.Of((context, _) => context.Sender.Tell(Environment.CurrentManagedThreadId));

    [Fact]
    public void The_default_throughput_is_30() => Assert.Equal(30, Sys.Dispatchers.DefaultGlobalDispatcher.Throughput);

    [Fact]
    public void A_dispatcher_takes_its_throughput_from_its_own_section()
    {
        Assert.True(Sys.Dispatchers.HasDispatcher("contract.own"));
        Assert.Equal(7, Sys.Dispatchers.Lookup("contract.own").Throughput);
        Assert.False(Sys.Dispatchers.HasDispatcher("contract.no-such-dispatcher"));
    }

    [Fact]
    public void An_alias_names_the_same_dispatcher() =>
        Assert.Same(Sys.Dispatchers.Lookup("contract.own"), Sys.Dispatchers.Lookup("contract.alias"));

    [Fact]
    public async Task An_own_configurator_of_the_configuration_runs_the_actor()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(Thread.CurrentThread.Name ?? "no name")).WithDispatcher("contract.one-thread"));
        Assert.Equal("contract-one-thread", await actor.Ask<string>("thread", Patience));
    }

    [Fact]
    public async Task A_mailbox_run_handles_at_most_the_throughput_then_yields()
    {
        var left = Sys.ActorOf(FuncActor.Report(TestActor).WithDispatcher("contract.one-thread"));
        var right = Sys.ActorOf(FuncActor.Report(TestActor).WithDispatcher("contract.one-thread"));
        await FenceAsync(left);
        await FenceAsync(right);
        // Runs on the one thread, so both mailboxes are full before either actor runs.
        var filler = Sys.ActorOf(FuncActor.Of((_, _) =>
        {
            for (var number = 1; number <= 5; number++)
                left.Tell($"left {number}");
            for (var number = 1; number <= 5; number++)
                right.Tell($"right {number}");
        }).WithDispatcher("contract.one-thread"));

        filler.Tell("go", ActorRefs.NoSender);

        foreach (var expected in new[] { "left 1", "left 2", "right 1", "right 2", "left 3", "left 4", "right 3", "right 4", "left 5", "right 5" })
            await ExpectMsgAsync(expected);
    }

    [Fact]
    public async Task A_pinned_dispatcher_gives_each_actor_a_thread_of_its_own()
    {
        var first = Sys.ActorOf(ThreadReporter.WithDispatcher(Pinned));
        var second = Sys.ActorOf(ThreadReporter.WithDispatcher(Pinned));
        var firstThread = await first.Ask<int>("thread", Patience);
        var secondThread = await second.Ask<int>("thread", Patience);
        Assert.NotEqual(firstThread, secondThread);
        for (var round = 0; round < 50; round++)
        {
            Assert.Equal(firstThread, await first.Ask<int>("thread", Patience));
            Assert.Equal(secondThread, await second.Ask<int>("thread", Patience));
        }
    }

    [Fact]
    public async Task A_fork_join_dispatcher_has_as_many_threads_of_its_own_as_it_says()
    {
        var threads = new HashSet<int>();
        var actors = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            Assert.False(Thread.CurrentThread.IsThreadPoolThread);
            context.Sender.Tell(Environment.CurrentManagedThreadId);
        }).WithDispatcher("contract.fork-join"))).ToArray();
        for (var round = 0; round < 25; round++)
        {
            foreach (var actor in actors)
                actor.Tell("thread", TestActor);
            for (var count = 0; count < actors.Length; count++)
                threads.Add(await ExpectMsgAsync<int>());
        }

        Assert.InRange(threads.Count, 1, 2);
    }

    [Fact]
    public async Task A_pinned_actor_that_blocks_holds_up_nobody_else()
    {
        var gate = new Gate();
        var blocking = Sys.ActorOf(FuncActor.Of((_, _) =>
        {
            TestActor.Tell("blocking");
            gate.Pass();
            TestActor.Tell("free");
        }).WithDispatcher(Pinned));
        blocking.Tell("go", ActorRefs.NoSender);
        await ExpectMsgAsync("blocking");

        var other = Sys.ActorOf(FuncActor.Echo().WithDispatcher(Pinned));
        Assert.Equal("hello", await other.Ask<string>("hello", Patience));

        gate.Open();
        await ExpectMsgAsync("free");
    }

    [Fact]
    public async Task The_deployment_names_the_dispatcher()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(context.Dispatcher.Id)), "deployed");
        Assert.Equal(Pinned, await actor.Ask<string>("dispatcher", Patience));
    }

    [Fact]
    public async Task A_dispatcher_schedules_work_that_is_no_message()
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Sys.Dispatchers.DefaultGlobalDispatcher.Schedule(() => ran.SetResult());
        await ran.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_hundred_thousand_messages_reach_an_actor_on_each_kind_of_dispatcher()
    {
        foreach (var dispatcher in new[] { "akka.actor.default-dispatcher", Pinned, "contract.one-thread", "contract.fork-join" })
        {
            var left = 100_000;
            var actor = Sys.ActorOf(FuncActor.Of((_, _) =>
            {
                if (--left == 0)
                    TestActor.Tell(dispatcher);
            }).WithDispatcher(dispatcher));
            await OnThreadsAsync(4, _ =>
            {
                for (var number = 0; number < 25_000; number++)
                    actor.Tell(number, ActorRefs.NoSender);
            });
            await ExpectMsgAsync(dispatcher);
        }
    }
}
