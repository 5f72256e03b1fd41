using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed partial class EventFilterTests() : Akka.TestKit.Xunit2.TestKit("akka { loglevel = DEBUG, stdout-loglevel = OFF, test.filter-leeway = 10s }")
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void ExpectOne_EachLevel_MatchesItsEvents()
    {
        EventFilter.Debug("d").ExpectOne(() => Log.Debug("d"));
        EventFilter.Info("i").ExpectOne(() => Log.Info("i"));
        EventFilter.Warning("w").ExpectOne(() => Log.Warning("w"));
        EventFilter.Error("e").ExpectOne(() => Log.Error("e"));
        EventFilter.ForLogLevel(LogLevel.WarningLevel, "w").ExpectOne(() => Log.Warning("w"));
    }

    [Fact]
    public void ExpectOne_TextForms_Match()
    {
        EventFilter.Info(start: "one").ExpectOne(() => Log.Info("one two three"));
        EventFilter.Info(contains: "two").ExpectOne(() => Log.Info("one {0} three", "two"));
        EventFilter.Info(Number()).ExpectOne(() => Log.Info("number 17"));
    }

    [Fact]
    public void ExpectOne_Other_DoesNotCount()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => EventFilter.Info("wanted").ExpectOne(Short, () =>
        {
            Log.Info("unwanted");
            Log.Warning("wanted");
        }));

        Assert.Contains("wanted", failure.Message);
    }

    [Fact]
    public void ExpectOne_TwoCome_Fails() => Assert.ThrowsAny<XunitException>(() => EventFilter.Info(start: "twice").ExpectOne(() =>
    {
        Log.Info("twice");
        Log.Info("twice");
        EventFilter.Info("marker").ExpectOne(() => Log.Info("marker"));
    }));

    [Fact]
    public void Expect_Count_WaitsForAll()
    {
        EventFilter.Warning(start: "n").Expect(3, () =>
        {
            for (var i = 0; i < 3; i++) Log.Warning($"n{i}");
        });
        EventFilter.Warning("none").Expect(0, Short, () => Log.Warning("other"));
    }

    [Fact]
    public async Task ExpectAsync_Count_WaitsForAll()
    {
        await EventFilter.Info("i").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Log.Info("i");
        });
        await EventFilter.Info("i").ExpectAsync(2, async () =>
        {
            Log.Info("i");
            await Task.Yield();
            Log.Info("i");
        });
        Assert.Equal(5, await EventFilter.Info("i").ExpectOneAsync(() =>
        {
            Log.Info("i");
            return Task.FromResult(5);
        }));
    }

    [Fact]
    public void Exception_OfActor_Matches()
    {
        var actor = Sys.ActorOf(Props.Create<Failing>(), "failing");

        EventFilter.Exception<NotSupportedException>("as asked").ExpectOne(() => actor.Tell("as asked"));
        EventFilter.Exception<Exception>(source: "/user/failing").ExpectOne(() => actor.Tell("again"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Exception<ArgumentException>().ExpectOne(Short, () => actor.Tell("another type")));
    }

    [Fact]
    public void Exception_Inner_MatchesOnRequest()
    {
        var nested = new InvalidOperationException("outer", new ArgumentException("inner"));

        EventFilter.Exception(typeof(ArgumentException), "inner", checkInnerExceptions: true).ExpectOne(() => Log.Error(nested, "failed"));
        EventFilter.Exception(typeof(ArgumentException), "inner").Expect(0, Short, () => Log.Error(nested, "failed"));
    }

    [Fact]
    public async Task DeadLetter_ToAStoppedActor_Matches()
    {
        var actor = await WatchAsync(Sys.ActorOf(BlackHoleActor.Props, "gone"));
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor);

        EventFilter.DeadLetter<string>().ExpectOne(() => actor.Tell("lost"));
        EventFilter.DeadLetter<int>(i => i == 2).ExpectOne(() =>
        {
            actor.Tell(1);
            actor.Tell(2);
        });
        EventFilter.DeadLetter<string>(actor.Path.ToString()).ExpectOne(() => actor.Tell("lost"));
        EventFilter.DeadLetter().ExpectOne(() => actor.Tell(1.5));
    }

    [Fact]
    public void Unhandled_IsAWarning() =>
        EventFilter.Warning(contains: "nobody handles this").ExpectOne(() => Sys.ActorOf(Props.Create<Unhandling>()).Tell("nobody handles this"));

    [Fact]
    public void And_EitherMatches_BothCount() => EventFilter.Info("a").And.Warning("b").Expect(2, () =>
    {
        Log.Info("a");
        Log.Warning("b");
    });

    [Fact]
    public void Custom_Predicate_Decides()
    {
        EventFilter.Custom(e => e is Info).ExpectOne(() => Log.Info("any"));
        EventFilter.Custom<Warning>(w => w.Message.ToString() == "this").ExpectOne(() => Log.Warning("this"));
    }

    [Fact]
    public void Mute_Block_AnswersItsResult()
    {
        Assert.Equal(3, EventFilter.Info("i").Mute(() => 3));
        using (EventFilter.Error().Mute()) Log.Error("muted");
    }

    [GeneratedRegex("number [0-9]+$")]
    private static partial Regex Number();

    private sealed class Failing : ReceiveActor
    {
        public Failing() => Receive<string>(text => throw new NotSupportedException(text));
    }

    private sealed class Unhandling : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
