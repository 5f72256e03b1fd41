using System.Diagnostics;
using Akka.Actor;
using Akka.Routing;
using Dispatcher.Actors;
using Dispatcher.TestKit.Support;
using Xunit.Sdk;

namespace Dispatcher.TestKit;

/// <summary>A pool under test: its dispatcher, its state, and faults that come from outside of its handlers.</summary>
public sealed class TestPool
{
    private readonly ActorSystem _system;
    private Task<IActorRef>? _actor;

    /// <summary>Looks at a pool.</summary>
    /// <param name="system">The actor system that it runs in.</param>
    /// <param name="dispatcher">The pool.</param>
    public TestPool(ActorSystem system, ITaskDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(dispatcher);
        _system = system;
        Dispatcher = dispatcher;
    }

    /// <summary>The pool, as the code under test sees it.</summary>
    public ITaskDispatcher Dispatcher { get; }

    /// <summary>The pool's name.</summary>
    public string Name => Dispatcher.Name;

    private string Path => $"/user/dispatcher-{Name}";

    private bool IsOver => Dispatcher.Snapshot().Phase == PoolPhase.Stopped;

    /// <summary>Waits until the pool is as a test wants it.</summary>
    /// <param name="isSo">What it wants.</param>
    /// <param name="within">How long at most, in real time; null for 10 s.</param>
    /// <returns>The pool then.</returns>
    /// <exception cref="XunitException">It did not come to that; shows the pool.</exception>
    public async Task<PoolSnapshot> AwaitAsync(Func<PoolSnapshot, bool> isSo, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        TimeSpan limit = within ?? Patience.Default;
        PoolSnapshot last = Dispatcher.Snapshot();
        await Poll.UntilAsync(() => isSo(last = Dispatcher.Snapshot()), limit).ConfigureAwait(false);
        return isSo(last) ? last : throw new XunitException($"The pool was not as expected within {limit}. {OutcomeText.Of(last)}");
    }

    /// <summary>
    /// Waits until the pool has noticed what was done to it so far: deadlines are being watched, workers that were woken have looked at the queue. Not
    /// until handlers have got anywhere: wait for their calls, or for outcomes.
    /// </summary>
    public async Task SettleAsync()
    {
        // Its autoscaler has had the tick that came; it moves the pool, so it comes first.
        await _system.ActorSelection("/user/task-rounds").Ask<ActorIdentity>(new Identify(Name), Patience.Default).ConfigureAwait(false);
        // What it hears of may make it tell itself something, and that something else.
        for (int round = 0; round < 3 && !IsOver; round++)
            await EchoAsync().ConfigureAwait(false);
        // Where tasks wait although workers idle, for a key for instance, this is given up soon.
        await Poll.UntilAsync(() => Dispatcher.Snapshot() is { Queued: 0 } or { WorkersIdle: 0 }, TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until each worker has come back from the turn that it has now: handlers that await have then returned their promise, and hold no thread. A
    /// handler that blocks keeps its worker's turn to its end, and this waits for it.
    /// </summary>
    /// <exception cref="AskTimeoutException">A turn did not end within 10 s.</exception>
    public async Task AwaitTurnsAsync()
    {
        foreach (IActorRef worker in await WorkersAsync().ConfigureAwait(false))
            await worker.Ask<ActorIdentity>(new Identify(Name), Patience.Default).ConfigureAwait(false);
    }

    /// <summary>Kills a worker, as a bug of the engine would: its actor stops, and the pool has to replace it. Returns when it has left the pool's router.</summary>
    /// <param name="index">Which one, in the router's order, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public async Task CrashWorkerAsync(int index = 0)
    {
        IActorRef worker = await WorkerAsync(index).ConfigureAwait(false);
        worker.Tell(Kill.Instance, ActorRefs.NoSender);
        long began = Stopwatch.GetTimestamp();
        while ((await WorkersAsync().ConfigureAwait(false)).Contains(worker))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience.Default)
                throw new XunitException($"Worker {worker.Path} did not stop within {Patience.Default}. {OutcomeText.Of(Dispatcher.Snapshot())}");
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    /// <summary>
    /// Sends a worker messages that it has no use for. While a handler has the worker's turn they stay in its mailbox; those that find it full are
    /// refused, and published as <see cref="Akka.Event.SuppressedDeadLetter"/>.
    /// </summary>
    /// <param name="messages">How many.</param>
    /// <param name="index">Which worker, in the router's order, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many workers.</exception>
    public async Task FloodWorkerAsync(int messages, int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        IActorRef worker = await WorkerAsync(index).ConfigureAwait(false);
        // News of the death of one that the worker never watched: every actor drops such by itself, and no log is flooded too.
        Terminated news = new(_system.DeadLetters, existenceConfirmed: true, addressTerminated: false);
        for (int i = 0; i < messages; i++)
            worker.Tell(news, ActorRefs.NoSender);
    }

    /// <summary>Makes sure that every task that was submitted has one outcome or is still in the pool.</summary>
    /// <exception cref="XunitException">The sums do not add up; shows the pool.</exception>
    public async Task VerifySumsAsync()
    {
        // A task that moves during a look may be missed by it; one that is lost is missed by all of them.
        if (!await Poll.UntilAsync(AddsUp, Patience.Default).ConfigureAwait(false))
            throw new XunitException($"Submitted is not the sum of what is in the pool and of the outcomes. {OutcomeText.Of(Dispatcher.Snapshot())}");
    }

    /// <inheritdoc/>
    public override string ToString() => OutcomeText.Of(Dispatcher.Snapshot());

    private bool AddsUp()
    {
        PoolSnapshot now = Dispatcher.Snapshot();
        return now.Submitted == now.Paced + now.Waiting + now.Queued + now.Running + now.Delayed + now.Ended;
    }

    private async Task EchoAsync()
    {
        try
        {
            IActorRef actor = await (_actor ??= _system.ActorSelection(Path).ResolveOne(Patience.Default)).ConfigureAwait(false);
            await actor.Ask<ActorIdentity>(new Identify(Name), Patience.Default).ConfigureAwait(false);
        }
        catch (Exception) when (IsOver)
        {
            // Nobody there any more, and nothing to wait for.
        }
    }

    private async Task<IActorRef> WorkerAsync(int index)
    {
        IReadOnlyList<IActorRef> workers = await WorkersAsync().ConfigureAwait(false);
        return index >= 0 && index < workers.Count
            ? workers[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"Pool '{Name}' has {workers.Count} workers.");
    }

    private async Task<IReadOnlyList<IActorRef>> WorkersAsync()
    {
        // A pool that is just being made has no router yet; its actor answers when it has.
        await EchoAsync().ConfigureAwait(false);
        Routees routees = await _system.ActorSelection($"{Path}/workers").Ask<Routees>(GetRoutees.Instance, Patience.Default).ConfigureAwait(false);
        return [.. routees.Members.OfType<ActorRefRoutee>().Select(routee => routee.Actor)];
    }
}
