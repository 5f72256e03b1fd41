using Dispatcher.Benchmarks.Cli;
using Dispatcher.Benchmarks.Dispatch;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

// A child measures its own start: nothing else may come before it.
if (args is [ChildProcess.Command, var child]) return child == FirstTask.Child ? await FirstTask.RunChildAsync() : StartUp.RunChild(child);
return await BenchmarkCommand.RunAsync(args);
