using Dispatcher.Soak;

return await SoakCommand.RunAsync(args, Console.Out, Console.Error);
