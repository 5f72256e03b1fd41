using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Hosting;

public sealed class DecoratorTests : PoolTest
{
    private readonly List<string> _log = [];

    [Fact]
    public async Task Decorate_TwoDecorators_TheLastIsOutermostAroundEveryHandler()
    {
        ITaskDispatcher pool = Start(d => d
            .Workers(1)
            .Decorate(new Logging(_log, "inner"))
            .Handle<Word, int, WordHandler>()
            .Decorate(new Logging(_log, "outer"))
            .Handle<Line, int>((line, _) => new ValueTask<int>(line.Text.Length)));

        Assert.Equal(4, (await Soon(pool.RunAsync(new Word("word")))).GetResultOrThrow());
        Assert.Equal(6, (await Soon(pool.RunAsync(new Line("a line")))).GetResultOrThrow());

        // The pool makes, and disposes of, one of each handler on trial.
        Assert.Equal(["outer", "inner", "outer", "inner"], Entries().Where(entry => entry is "outer" or "inner"));
    }

    [Fact]
    public async Task Decorate_PoolStops_DecoratorAndHandlerAreDisposedOf()
    {
        ITaskDispatcher pool = Start(d => d.Workers(1).Handle<Word, int, WordHandler>().Decorate(new Logging(_log, "around")));
        int before = WordHandler.Disposed;
        int decoratorsBefore = Entries().Count;
        await Soon(pool.RunAsync(new Word("word")));

        await Soon(Task.Run(async () => { await Sys.Terminate(); return 0; }));

        AwaitCondition(() => WordHandler.Disposed > before && Entries().Count(entry => entry == "around disposed") > decoratorsBefore);
    }

    [Fact]
    public void Decorate_ReturnsNull_FailsTheStartAndNamesIt()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Start(d => d.Handle<Word, int, WordHandler>().Decorate(new Nothing())));

        Assert.Equal("Nothing returned null for the handler of Word.", error.Message);
    }

    private List<string> Entries()
    {
        lock (_log)
            return [.. _log];
    }

    private sealed record Word(string Text) : ITask<int>;

    private sealed record Line(string Text) : ITask<int>;

    private sealed class WordHandler : ITaskHandler<Word, int>, IDisposable
    {
        private static int s_disposed;

        public static int Disposed => Volatile.Read(ref s_disposed);

        public ValueTask<int> HandleAsync(Word task, TaskContext context) => new(task.Text.Length);

        public void Dispose() => Interlocked.Increment(ref s_disposed);
    }

    private sealed class Logging(List<string> log, string name) : IHandlerDecorator
    {
        public ITaskHandler<TTask, TResult> Decorate<TTask, TResult>(ITaskHandler<TTask, TResult> handler)
            where TTask : notnull => new Around<TTask, TResult>(handler, log, name);

        private sealed class Around<TTask, TResult>(ITaskHandler<TTask, TResult> handler, List<string> log, string name)
            : ITaskHandler<TTask, TResult>, IDisposable
        {
            public ValueTask<TResult> HandleAsync(TTask task, TaskContext context)
            {
                lock (log)
                    log.Add(name);
                return handler.HandleAsync(task, context);
            }

            public void Dispose()
            {
                lock (log)
                    log.Add($"{name} disposed");
            }
        }
    }

    private sealed class Nothing : IHandlerDecorator
    {
        public ITaskHandler<TTask, TResult> Decorate<TTask, TResult>(ITaskHandler<TTask, TResult> handler)
            where TTask : notnull => null!;
    }
}
