using Akka.Hosting;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Actors.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task WithTaskDispatcher_TwoPools_AreServicesByTheirNames()
    {
        using IHost host = Build(akka => akka
            .WithTaskDispatcher("one", d => d.Handle<Work, string>((work, _) => new ValueTask<string>($"one {work.Name}")))
            .WithTaskDispatcher("two", d => d.HandleScoped<Work, string, Greeting>()));
        ITaskDispatcher early = host.Services.GetRequiredKeyedService<ITaskDispatcher>("one");
        Assert.Equal(RejectReason.NoWorkers, ((Rejected)(await early.RunAsync(new Work("a"))).Detail!).Reason);
        await host.StartAsync();
        ITaskDispatcher two = host.Services.GetRequiredKeyedService<ITaskDispatcher>("two");
        Assert.Equal("one a", (await early.RunAsync(new Work("a"))).GetResultOrThrow());
        Assert.Equal("1 hello b", (await two.RunAsync(new Work("b"))).GetResultOrThrow());
        Assert.Equal("1 hello c", (await two.RunAsync(new Work("c"))).GetResultOrThrow());
        Assert.Contains("one, two", Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredKeyedService<ITaskDispatcher>("three")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<ITaskDispatcher>());
        await host.StopAsync();
        Assert.Equal(PoolPhase.Stopped, two.Snapshot().Phase);
    }

    [Fact]
    public async Task WithTaskDispatcher_OnePool_NeedsNoKey()
    {
        using IHost host = Build(akka => akka.WithTaskDispatcher("one", d => d.Handle<Work, string, Greeting>()));
        await host.StartAsync();
        ITaskDispatcher pool = host.Services.GetRequiredService<ITaskDispatcher>();
        Assert.Same(pool, host.Services.GetRequiredKeyedService<ITaskDispatcher>("one"));
        Assert.EndsWith("hello a", (await pool.RunAsync(new Work("a"))).GetResultOrThrow(), StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public async Task WithTaskDispatcher_BadName_FailsTheStart(string name)
    {
        using IHost host = Build(akka => akka.WithTaskDispatcher(name, d => d.Handle<Work, string>(Work.HandleAsync)));
        await Assert.ThrowsAsync<ArgumentException>(() => host.StartAsync());
    }

    [Fact]
    public async Task WithTaskDispatcher_SameNameTwice_FailsTheStart()
    {
        using IHost host = Build(akka => akka
            .WithTaskDispatcher("one", d => d.Handle<Work, string>(Work.HandleAsync))
            .WithTaskDispatcher("one", d => d.Handle<Work, string>(Work.HandleAsync)));
        Assert.Contains("'one'", (await Assert.ThrowsAsync<ArgumentException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddScoped<Counter>().AddTaskDispatchers().AddAkka("test", configure);
        return builder.Build();
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private sealed class Greeting(Counter counter) : ITaskHandler<Work, string>
    {
        public ValueTask<string> HandleAsync(Work task, TaskContext context) =>
            new($"{++context.Services.GetRequiredService<Counter>().Value * (counter.Value > 0 ? 1 : 0)} hello {task.Name}");
    }
}
