using System.Diagnostics.Metrics;
using Akka.Hosting;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>Two hosts in one process: what is measured of one is not seen at the other.</summary>
public sealed class TwoHostsTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly IHost _one = MakeHost();
    private readonly IHost _two = MakeHost();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task Meter_AlertOfOneHost_IsNotCountedAtTheOther()
    {
        using Readings one = new(FactoryOf(_one)), two = new(FactoryOf(_two));
        await Task.WhenAll(_one.StartAsync(), _two.StartAsync());
        await FailAsync(_one);
        Assert.Equal([1], one.Recorded("dispatcher.alert.sent", "level=P2", "state=Raised"));
        Assert.Empty(two.Recorded("dispatcher.alert.sent"));
        await FailAsync(_two);
        Assert.Equal([1], two.Recorded("dispatcher.alert.sent"));
        Assert.Equal([1], one.Recorded("dispatcher.alert.sent"));
        await Task.WhenAll(_one.StopAsync(), _two.StopAsync());
    }

    [Fact]
    public async Task Meter_OneHostIsDisposedOf_EndsItsInstrumentsAndNotTheOthers()
    {
        using Readings one = new(FactoryOf(_one)), two = new(FactoryOf(_two));
        await Task.WhenAll(_one.StartAsync(), _two.StartAsync());
        Assert.Equal(0, one.Read("dispatcher.finding.active", "kind=queue_grows"));
        await _one.StopAsync();
        Assert.Empty(one.ValuesOfCounts("dispatcher.finding.active", "kind")); // nobody looks any more
        _one.Dispose();
        Assert.Superset(
            new HashSet<string>(["dispatcher.alert.sent", "dispatcher.alert.lost", "dispatcher.finding.active", "dispatcher.thread_pool.wait", "dispatcher.scaling.decisions"]),
            one.Ended.ToHashSet());
        Assert.Empty(two.Ended);
        Assert.Equal(0, two.Read("dispatcher.finding.active", "kind=queue_grows"));
        await FailAsync(_two);
        Assert.Equal([1], two.Recorded("dispatcher.alert.sent"));
        await _two.StopAsync();
    }

    private static IMeterFactory FactoryOf(IHost host) => host.Services.GetRequiredService<IMeterFactory>();

    // The outcome comes after the alert: the alert is counted when the caller has it.
    private static async Task FailAsync(IHost host) =>
        Assert.Equal(OutcomeKind.Failed, (await host.Services.GetRequiredService<ITaskDispatcher>().RunAsync(new Work("a")).AsTask().WaitAsync(s_patience)).Kind);

    private static IHost MakeHost()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services
            .AddAkka("two-hosts", akka => akka.WithTaskDispatcher("work", d => d.Workers(1).Handle<Work, string>((_, _) => throw new IOException("disk"))))
            .AddTaskDispatchers();
        return builder.Build();
    }
}
