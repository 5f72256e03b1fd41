namespace Akka.Actor;

/// <summary>An actor that wants a stash.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}
