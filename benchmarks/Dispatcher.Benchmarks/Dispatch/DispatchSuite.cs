using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The workloads of the task dispatcher, in the order of the report.</summary>
internal static class DispatchSuite
{
    public static IEnumerable<Workload> Workloads() => [];
}
