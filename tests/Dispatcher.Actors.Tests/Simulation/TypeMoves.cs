using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Scaling.Classes;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// In lives with several classes of workers: the type of task finds its class by its measured runs, and as few of them make it move as settings allow, so it goes to and
/// fro all the time. The next task goes where it is then; what is on its way ends where it is, as all other concerns see to.
/// </summary>
internal sealed class TypeMoves : Concern
{
    private readonly World _world;
    private readonly MeasuringSettings _settings = MeasuredPool.Settings;
    private readonly MeasuredType? _type;

    public TypeMoves(World world, IReadOnlyList<TaskRoute> routes)
    {
        _world = world;
        if (routes.Count == 1)
            return;
        _settings = _settings with { Runs = world.Random.Next(1, 3), InRow = world.Random.Next(1, 3), Margin = 0, LongAbove = TimeSpan.FromMilliseconds(2) };
        _type = new MeasuredType(world.Table, routes, new TypeTraits(routes[0].Core.Clock, threads: null));
    }

    /// <summary>How often it moved.</summary>
    public int Count { get; private set; }

    public override IEnumerable<Deed> Deeds => _type == null ? [] : [new Deed(4, Look)];

    private void Look()
    {
        if (_type!.Look(_settings, _world.Time.GetUtcNow()) is not { } decided)
            return;
        Count++;
        _world.Tasks.Note((int)decided.To, 300 + (int)decided.Class);
    }
}
