using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dispatcher.Conventions.Tests;

/// <summary>The way of a task from its submitter to its worker takes no lock and waits for nobody.</summary>
public sealed class SubmitPathTests
{
    /// <summary>What a task without a key passes, from the call to the worker's hand. Tasks with a key take two short locks of their key's shard.</summary>
    private static readonly string[] s_path =
    [
        "Dispatch/TaskDispatcher.cs", "Dispatch/TaskRoute`2.cs", "Dispatch/TaskCell.cs", "Dispatch/TaskCell`2.cs", "Dispatch/TaskTimes.cs", "Dispatch/RouteTable.cs",
        "Dispatch/PoolCore.cs", "Dispatch/PoolCore.Wakes.cs", "Dispatch/OutcomeSource.cs", "Admission/TaskLine.cs", "Admission/Intake.cs", "Admission/MpmcRing.cs",
        "Admission/IdleWorkers.cs", "Admission/IndexMask.cs", "Routing/CreditPullLogic.cs", "Routing/BoundLogic.cs", "Routing/RouterSignals.cs",
        "Routing/Balancing/RoundRobinPolicy.cs", "Routing/Balancing/SmallestMailboxPolicy.cs", "Routing/Balancing/RandomOfTwoPolicy.cs",
        "Routing/Balancing/ConsistentHashPolicy.cs", "Routing/Balancing/PartitionTable.cs", "Workers/WorkerSlot.cs",
    ];

    private static readonly string[] s_waits =
    [
        "Lock", "Monitor", "Mutex", "Semaphore", "SemaphoreSlim", "ReaderWriterLockSlim", "ManualResetEvent", "ManualResetEventSlim", "AutoResetEvent",
        "BlockingCollection", "Barrier", "CountdownEvent", "SpinLock",
    ];

    [Fact]
    public void SubmitPath_AllOfIt_TakesNoLock()
    {
        string[] files = [.. s_path.Select(file => $"src/Dispatcher.Actors/{file}")];
        var trees = Repository.Sources.Where(tree => files.Contains(tree.FilePath)).ToList();
        Assert.Equal(files.Order(StringComparer.Ordinal), trees.Select(tree => tree.FilePath).Order(StringComparer.Ordinal));
        var locks = from tree in trees
                    from node in tree.GetRoot().DescendantNodes()
                    where node is LockStatementSyntax || (node is SimpleNameSyntax name && s_waits.Contains(name.Identifier.ValueText))
                    select $"{Repository.Place(node)}: {node.ToString().Split('\n')[0]}";
        Rule.Holds(locks);
    }
}
