using System.Threading.Tasks.Sources;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Tests.Dispatch;

public sealed class OutcomeSourceTests
{
    [Fact]
    public async Task Await_BeforeAndAfterTheOutcome_GivesIt()
    {
        Source before = new();
        ValueTask<TaskOutcome<int>> pending = new(before, before.Token);
        Assert.False(pending.IsCompleted);
        Task<TaskOutcome<int>> waiting = pending.AsTask();
        before.Set(1);
        Assert.Equal(1, (await waiting).Result);

        Source after = new();
        after.Set(2);
        ValueTask<TaskOutcome<int>> done = new(after, after.Token);
        Assert.True(done.IsCompletedSuccessfully);
        Assert.Equal(2, (await done).Result);
    }

    [Fact]
    public async Task Set_AwaiterThere_ResumesItOnAnotherWorkItem()
    {
        Source source = new();
        TaskCompletionSource<bool> wasInline = new();
        bool setting = false;
        ((IValueTaskSource<TaskOutcome<int>>)source).OnCompleted(_ => wasInline.SetResult(setting && Environment.CurrentManagedThreadId == source.Setter), null, source.Token, ValueTaskSourceOnCompletedFlags.None);
        setting = true;
        source.Set(1);
        setting = false;
        Assert.False(await wasInline.Task);
    }

    [Fact]
    public void GetResult_OfAnEarlierUse_Throws()
    {
        Source source = new();
        short token = source.Token;
        source.Set(1);
        source.Reset();
        Assert.Throws<InvalidOperationException>(() => source.GetResult(token));
        Assert.Throws<InvalidOperationException>(() => source.GetStatus(token));
    }

    [Fact]
    public void GetResult_WithoutAnOutcome_Throws()
    {
        Source source = new();
        Assert.Throws<InvalidOperationException>(() => source.GetResult(source.Token));
    }

    [Fact]
    public void OnCompleted_SecondAwaiter_Throws()
    {
        Source source = new();
        source.OnCompleted(_ => { }, null, source.Token, ValueTaskSourceOnCompletedFlags.None);
        Assert.Throws<InvalidOperationException>(() => source.OnCompleted(_ => { }, null, source.Token, ValueTaskSourceOnCompletedFlags.None));
    }

    [Fact]
    public async Task Await_InASynchronizationContext_GoesOnThere()
    {
        RecordingContext context = new();
        Source source = new();
        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task<SynchronizationContext?> resumed = Resume(source);
        SynchronizationContext.SetSynchronizationContext(previous);
        source.Set(1);
        Assert.Same(context, await resumed);
    }

    [Fact]
    public async Task Await_InATaskScheduler_GoesOnThere()
    {
        ConcurrentExclusiveSchedulerPair pair = new();
        Source source = new();
        TaskScheduler? scheduler = null;
        Task running = await Task.Factory.StartNew(
            async () =>
            {
                ValueTask<TaskOutcome<int>> pending = new(source, source.Token);
                await pending;
                scheduler = TaskScheduler.Current;
            }, CancellationToken.None, TaskCreationOptions.None, pair.ExclusiveScheduler);
        source.Set(1);
        await running;
        Assert.Same(pair.ExclusiveScheduler, scheduler);
    }

    [Fact]
    public async Task Race_AwaiterAgainstOutcome_AlwaysResumesOnceWithItsOwnOutcome()
    {
        Source source = new();
        for (int i = 0; i < 20_000; i++)
        {
            int expected = i;
            Task setting = Task.Run(() => source.Set(expected));
            ValueTask<TaskOutcome<int>> pending = new(source, source.Token);
            Assert.Equal(expected, (await pending).Result);
            await setting;
            source.Reset();
        }
    }

    private static async Task<SynchronizationContext?> Resume(Source source)
    {
        await new ValueTask<TaskOutcome<int>>(source, source.Token);
        return SynchronizationContext.Current;
    }

    private sealed class RecordingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
        {
            SetSynchronizationContext(this);
            d(state);
        });
    }

    private sealed class Source : IValueTaskSource<TaskOutcome<int>>, IThreadPoolWorkItem
    {
        private OutcomeSource<int> _source;

        public int Setter { get; private set; }

        public short Token => _source.Token;

        public void Set(int result)
        {
            Setter = Environment.CurrentManagedThreadId;
            _source.Set(TaskOutcome<int>.Completed(result), this, mayLend: false);
        }

        public void Reset() => _source.Reset();

        public void Execute() => _source.Resume();

        public TaskOutcome<int> GetResult(short token) => _source.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }
}
