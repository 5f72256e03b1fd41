namespace Akka.Actor;

/// <summary>The recipe of an actor of the engine itself, which is made without reflection: a start has no time to warm that up.</summary>
internal sealed class DirectProps : Props
{
    private readonly Func<ActorBase> _make;

    internal DirectProps(Type type, Func<ActorBase> make, SupervisorStrategy? supervisorStrategy = null) : base(type, supervisorStrategy) => _make = make;

    private DirectProps(DirectProps copy) : base(copy) => _make = copy._make;

    protected override Props Copy() => new DirectProps(this);

    public override ActorBase NewActor() => _make();
}
