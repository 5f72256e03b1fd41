using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Events;

/// <summary>Who gets what is published. That something does not arrive is shown by what is published after it arriving first.</summary>
public sealed class EventStreamTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private EventStream Stream => Sys.EventStream;

    [Fact]
    public void Publish_ClassOfChannel_Arrives()
    {
        var cat = new Cat();
        Assert.True(Stream.Subscribe(TestActor, typeof(Cat)));

        Stream.Publish(cat);

        Assert.Same(cat, ExpectMsg<object>());
    }

    [Fact]
    public void Publish_SubclassOfChannel_ArrivesAndBaseDoesNot()
    {
        Stream.Subscribe(TestActor, typeof(Cat));

        Stream.Publish(new Animal());
        Stream.Publish(new Kitten());

        ExpectMsg<Kitten>();
    }

    [Fact]
    public void Publish_ImplementationOfChannel_Arrives()
    {
        Stream.Subscribe(TestActor, typeof(IPurr));

        Stream.Publish(new Animal());
        Stream.Publish(new Kitten());

        ExpectMsg<Kitten>();
    }

    [Fact]
    public void Publish_SeveralChannelsMatch_ArrivesOnce()
    {
        Stream.Subscribe(TestActor, typeof(Animal));
        Stream.Subscribe(TestActor, typeof(Cat));
        Stream.Subscribe(TestActor, typeof(IPurr));

        Stream.Publish(new Cat());
        Stream.Publish(new Dog());

        ExpectMsg<Cat>();
        ExpectMsg<Dog>();
    }

    [Fact]
    public void Publish_AfterFirstPublishOfThatClass_ReachesLaterSubscriber()
    {
        Stream.Publish(new Cat());
        Stream.Subscribe(TestActor, typeof(Animal));

        Stream.Publish(new Cat());

        ExpectMsg<Cat>();
    }

    [Fact]
    public void Publish_ByAnActor_HasThatActorAsSender()
    {
        Stream.Subscribe(TestActor, typeof(Cat));
        var publisher = Sys.ActorOf(Props.Create(() => new Publisher()));

        publisher.Tell(new Cat());

        ExpectMsg<Cat>();
        Assert.Equal(publisher, LastSender);
    }

    [Fact]
    public void Subscribe_Again_SaysSoAndDeliversOnce()
    {
        Assert.True(Stream.Subscribe(TestActor, typeof(Cat)));
        Assert.False(Stream.Subscribe(TestActor, typeof(Cat)));

        Stream.Publish(new Cat());
        Stream.Publish(new Kitten());

        ExpectMsg<Cat>();
        ExpectMsg<Kitten>();
    }

    [Fact]
    public void Subscribe_TypeArgument_IsTheChannel()
    {
        Assert.True(Stream.Subscribe<Cat>(TestActor));
        Assert.True(Stream.Unsubscribe<Cat>(TestActor));
        Assert.False(Stream.Unsubscribe<Cat>(TestActor));
    }

    [Fact]
    public void Unsubscribe_Channel_KeepsTheOthers()
    {
        Stream.Subscribe(TestActor, typeof(Cat));
        Stream.Subscribe(TestActor, typeof(Dog));

        Assert.True(Stream.Unsubscribe(TestActor, typeof(Cat)));
        Assert.False(Stream.Unsubscribe(TestActor, typeof(Cat)));
        Stream.Publish(new Cat());
        Stream.Publish(new Dog());

        ExpectMsg<Dog>();
    }

    [Fact]
    public void Unsubscribe_All_EndsEverySubscription()
    {
        var other = CreateTestProbe();
        Stream.Subscribe(other.Ref, typeof(Animal));
        Stream.Subscribe(TestActor, typeof(Cat));
        Stream.Subscribe(TestActor, typeof(Dog));

        Assert.True(Stream.Unsubscribe(TestActor));
        Assert.False(Stream.Unsubscribe(TestActor));
        Stream.Publish(new Cat());
        other.ExpectMsg<Cat>();
        TestActor.Tell("next");

        ExpectMsg("next");
    }

    [Fact]
    public void Unsubscribe_SubclassOfChannel_LeavesItOut()
    {
        Stream.Subscribe(TestActor, typeof(Animal));

        Assert.True(Stream.Unsubscribe(TestActor, typeof(Cat)));
        Stream.Publish(new Cat());
        Stream.Publish(new Kitten());
        Stream.Publish(new Dog());
        Stream.Publish(new Animal());

        ExpectMsg<Dog>();
        ExpectMsg<Animal>();
    }

    [Fact]
    public void NullSubscriber_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => Stream.Subscribe(null!, typeof(Cat)));
        Assert.Throws<ArgumentNullException>(() => Stream.Unsubscribe(null!, typeof(Cat)));
        Assert.Throws<ArgumentNullException>(() => Stream.Unsubscribe(null!));
    }

    [Fact]
    public void Subscriber_Stops_IsUnsubscribed()
    {
        var subscriber = Sys.ActorOf(Props.Create(() => new Publisher()));
        Stream.Subscribe(subscriber, typeof(Cat));
        Watch(subscriber);

        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);

        // As long as the subscription is there, another one is refused.
        AwaitCondition(() => Stream.Subscribe(subscriber, typeof(Cat)), Limit);
    }

    [Fact]
    public async Task Publish_WhileOthersComeAndGo_ReachesASubscriberOnceAndInOrder()
    {
        const int Events = 2000;
        var churning = CreateTestProbe();
        Stream.Subscribe(TestActor, typeof(Numbered));
        using var published = new CancellationTokenSource();
        var churn = Task.Run(() =>
        {
            while (!published.IsCancellationRequested)
            {
                Stream.Subscribe(churning.Ref, typeof(Cat));
                Stream.Unsubscribe(churning.Ref);
            }
        });

        await Task.Run(() =>
        {
            for (var i = 0; i < Events; i++) Stream.Publish(new Numbered(i));
        });
        await published.CancelAsync();
        await churn;

        for (var i = 0; i < Events; i++) Assert.Equal(i, ExpectMsg<Numbered>().Value);
    }

    private interface IPurr;

    private class Animal;

    private class Cat : Animal, IPurr;

    private sealed class Kitten : Cat;

    private sealed class Dog : Animal;

    private sealed record Numbered(int Value);

    private sealed class Publisher : ReceiveActor
    {
        public Publisher() => Receive<Cat>(cat => Context.System.EventStream.Publish(cat));
    }
}
