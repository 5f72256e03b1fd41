using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>What Akka reads itself: asked for before the start, so that a worker which it cannot make fails the start and is not only missing.</summary>
public sealed class AkkaSectionTests() : PoolTest("""
    dispatcher.io-dispatcher.type = NoSuchDispatcher
    mine.type = NoSuchDispatcher
    mine-too = mine
    my-mailbox.mailbox-type = "No.Such, Mailbox"
    """)
{
    [Theory]
    [InlineData("io.dispatcher", "dispatcher.io-dispatcher", WorkerClass.Io)]
    [InlineData("dispatcher", "mine", WorkerClass.Default)]
    [InlineData("dispatcher", "mine-too", WorkerClass.Default)]
    [InlineData("blocking.dispatcher", "mine", WorkerClass.Blocking)]
    [InlineData("mailbox", "my-mailbox", WorkerClass.Default)]
    public void Section_ThatAkkaCannotMake_FailsTheStartWithPathAndValue(string key, string path, WorkerClass workers)
    {
        SettingsException refusal = Assert.Throws<SettingsException>(() => Start(builder => builder
            .Handle<Work, string>(Work.HandleAsync, handler => handler.On(workers)).Set(key, path)));
        SettingsError error = Assert.Single(refusal.Errors);
        Assert.Equal(($"dispatcher.pools.work.{key}", path), (error.Path, error.Value));
        Assert.StartsWith("expected what Akka can make: ", error.Expected, StringComparison.Ordinal);
    }
}
