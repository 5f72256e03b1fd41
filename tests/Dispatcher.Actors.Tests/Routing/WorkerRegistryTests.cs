using Akka.Actor;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Routing;

public sealed class WorkerRegistryTests
{
    /// <summary>A pool that looked between the two ordered a worker too many at its start.</summary>
    [Fact]
    public async Task Count_WhileWorkersCome_NeverSeesOneThatHasComeAndIsNotThere()
    {
        const int pools = 2000, workers = 32;
        WorkerRegistry registry = Make();
        Task joining = Task.Run(() =>
        {
            for (int pool = 0; pool < pools; pool++)
            {
                WorkerRegistry next = Make();
                Volatile.Write(ref registry, next);
                for (int i = 0; i < workers; i++)
                    next.Join(ActorRefs.Nobody);
            }
        });
        while (!joining.IsCompleted)
        {
            (long joins, int staying) = Volatile.Read(ref registry).Count();
            Assert.Equal(joins, staying);
        }

        await joining;

        static WorkerRegistry Make() => new(TestCells.Core(TestCells.Settings with { WorkersMin = workers, WorkersMax = workers }));
    }
}
