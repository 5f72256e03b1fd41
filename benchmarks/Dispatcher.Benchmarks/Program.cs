using Dispatcher.Benchmarks.Cli;
using Dispatcher.Benchmarks.Dispatch;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

// A child measures its own start: nothing else may come before it.
if (args is [ChildProcess.Command, var child]) return FirstTask.Has(child) ? await FirstTask.RunChildAsync(child) : StartUp.RunChild(child);
return await BenchmarkCommand.RunAsync(args);
