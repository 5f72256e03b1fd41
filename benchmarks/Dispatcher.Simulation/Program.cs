using Dispatcher.Simulation;

return SimulationCommand.Run(args);
