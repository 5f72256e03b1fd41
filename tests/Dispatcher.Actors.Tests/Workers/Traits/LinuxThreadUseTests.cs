using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Workers.Traits;

public sealed class LinuxThreadUseTests
{
    [Fact]
    public void ThreadThatComputes_UsesProcessorTime()
    {
        if (LinuxThreadUse.Instance is not { } threads)
            return;
        ThreadUse before = threads.Now;
        long sum = 0;
        // Ends by what is measured: without it the test would not.
        while ((threads.Now.Cpu - before.Cpu).TotalMilliseconds < 2)
            sum++;
        Assert.True(sum > 0);
    }

    [Fact]
    public void ThreadThatWaits_IsSeenToWait()
    {
        if (LinuxThreadUse.Instance is not { } threads)
            return;
        using AutoResetEvent ping = new(false), pong = new(false);
        long waits = 0;
        Thread waiting = new(() =>
        {
            ThreadUse before = threads.Now;
            for (int i = 0; i < 2_000; i++)
            {
                ping.WaitOne();
                pong.Set();
            }

            waits = threads.Now.Waits - before.Waits;
        });
        waiting.Start();
        for (int i = 0; i < 2_000; i++)
        {
            ping.Set();
            pong.WaitOne();
        }

        waiting.Join();
        Assert.True(waits > 0);
    }
}
