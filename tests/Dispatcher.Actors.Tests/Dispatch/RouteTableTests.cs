using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Dispatch;

public sealed class RouteTableTests
{
    [Fact]
    public void Find_ManyTypes_FindsEachAndNoOther()
    {
        PoolCore core = TestCells.Core();
        Type[] types = [.. typeof(object).Assembly.GetTypes().Where(type => type.IsClass && !type.ContainsGenericParameters).Take(500)];
        foreach (Type type in types.AsSpan(0, 400))
            core.Routes.Add(new NamedRoute(core, type));
        for (int i = 0; i < types.Length; i++)
            Assert.Equal(i < 400 ? types[i] : null, core.Routes.Find(types[i])?.TaskType);
        Assert.Equal(Enumerable.Range(0, 400), core.Routes.All.Select(route => route.Index));
    }

    [Fact]
    public void Find_EmptyTable_FindsNothing() => Assert.Null(new RouteTable().Find(typeof(string)));

    [Fact]
    public void Add_SecondHandlerOfAType_NamesTypeAndBothHandlers()
    {
        PoolCore core = TestCells.Core();
        core.Routes.Add(new TaskRoute<string, int>(core, "First", _ => new DelegateHandler<string, int>((_, _) => default)));
        string message = Assert.Throws<ArgumentException>(() =>
            core.Routes.Add(new TaskRoute<string, long>(core, "Second", _ => new DelegateHandler<string, long>((_, _) => default)))).Message;
        Assert.Contains("System.String", message, StringComparison.Ordinal);
        Assert.Contains("First", message, StringComparison.Ordinal);
        Assert.Contains("Second", message, StringComparison.Ordinal);
    }

    private sealed class NamedRoute(PoolCore core, Type type) : TaskRoute<int>(core, type, type.Name, 0)
    {
        public override Type HandlerType => typeof(object);

        public override object MakeHandler(IServiceProvider? services) => throw new NotSupportedException();

        public override ValueTask<TaskOutcome<int>> RunAsync(ITask<int> task, TaskOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<TaskHandle<int>> SubmitAsync(ITask<int> task, TaskOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override bool TrySubmit(ITask<int> task, TaskOptions? options, out TaskHandle<int> handle) => throw new NotSupportedException();

        public override ValueTask<bool> PostAsync(ITask<int> task, TaskOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override bool TrySubmit(ITask<int> task, TaskOptions? options) => throw new NotSupportedException();
    }
}
