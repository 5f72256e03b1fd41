using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class DiagnosisReaderTests
{
    [Fact]
    public void Read_Reference_FindsWithinNinetySeconds()
    {
        DiagnosisSettings settings = Read("");
        TimeSpan every = settings.Every!.Value;
        Assert.True(settings.TaskLimit + (2 * every) <= TimeSpan.FromSeconds(90));
        Assert.True((settings.QueueLooks + 1) * every <= TimeSpan.FromSeconds(90));
        Assert.True((settings.HeapCollections + 1) * every <= TimeSpan.FromSeconds(90));
        Assert.True(settings.ThreadWait + (2 * every) <= TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("every = 1ms", "every = 1ms: expected a duration from 1s to 1h, or off")]
    [InlineData("kept = 0", "kept = 0: expected a whole number from 1 to 4096")]
    [InlineData("tasks { least = 2m }", "tasks.limit = 60s: expected a duration from 2m to 24h")]
    [InlineData("tasks.factor = 0.5", "tasks.factor = 0.5: expected a number from 1 to 1000")]
    [InlineData("tasks.enough = 0", "tasks.enough = 0: expected a whole number from 1 to 1000000")]
    [InlineData("tasks.watched = 0", "tasks.watched = 0: expected a whole number from 1 to 1000000")]
    [InlineData("queue.looks = 1", "queue.looks = 1: expected a whole number from 2 to 1000")]
    [InlineData("threads.wait = 1h", "threads.wait = 1h: expected a duration from 1ms to 10m")]
    [InlineData("heap.collections = 1", "heap.collections = 1: expected a whole number from 2 to 1000")]
    [InlineData("heap.growth-percent = 0", "heap.growth-percent = 0: expected a whole number from 1 to 1000")]
    [InlineData("heap.least-mib = 0", "heap.least-mib = 0: expected a whole number from 1 to 1000000")]
    [InlineData("every = off, queue.looks = 3", "queue.looks = 3: has no effect: every is off")]
    [InlineData("evry = 5s", "evry: unknown setting; did you mean 'every'?")]
    public void Read_BadOrIdleSetting_IsNamedWithPathValueAndRange(string hocon, string error)
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read(hocon));
        Assert.Equal($"dispatcher.diagnosis.{error}", Assert.Single(thrown.Errors).ToString());
    }

    [Fact]
    public void Read_Off_IsFineAlone() => Assert.Null(Read("every = off").Every);

    private static DiagnosisSettings Read(string hocon) =>
        DiagnosisReader.Read(ConfigurationFactory.ParseString($"dispatcher.diagnosis {{ {hocon} }}").WithFallback(ReferenceConfig.Value), new Dictionary<string, object>());
}
