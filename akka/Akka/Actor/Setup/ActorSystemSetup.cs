using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>An immutable set of set-ups, at most one of each type: the one that was added last.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new([]);

    private readonly Setup[] _setups;

    private ActorSystemSetup(Setup[] setups) => _setups = setups;

    public static ActorSystemSetup Create(params Setup[] setup)
    {
        var all = Empty;
        foreach (var one in setup) all = all.With(one);
        return all;
    }

    public Option<T> Get<T>() where T : Setup
    {
        foreach (var one in _setups)
            if (one.GetType() == typeof(T)) return (T)one;
        return Option<T>.None;
    }

    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => With(setup);

    public ActorSystemSetup And<T>(T setup) where T : Setup => With(setup);

    public override string ToString() => $"ActorSystemSetup({string.Join(", ", (object[])_setups)})";

    private ActorSystemSetup With(Setup setup)
    {
        for (var i = 0; i < _setups.Length; i++)
        {
            if (_setups[i].GetType() != setup.GetType()) continue;
            var replaced = (Setup[])_setups.Clone();
            replaced[i] = setup;
            return new ActorSystemSetup(replaced);
        }
        return new ActorSystemSetup([.. _setups, setup]);
    }
}
