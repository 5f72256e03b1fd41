using Dispatcher.Actors;

namespace Dispatcher.TestKit.Tests;

/// <summary>The task of these tests.</summary>
public sealed record Echo(int Number) : ITask<int>;
