using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>Base of the router specs: routees that answer with their own name.</summary>
public abstract class RoutingSpec : ContractSpec
{
    protected RoutingSpec(string config = "")
        : base(config)
    {
    }

    /// <summary>Answers every message with the name of the routee.</summary>
    protected static Props NameTeller() => FuncActor.Of((context, _) => context.Sender.Tell(context.Self.Path.Name));

    /// <summary>Answers with "NAME MESSAGE"; throws exceptions.</summary>
    protected static Props Reporter(IActorRef listener) => FuncActor.Of((context, message) =>
    {
        if (message is Exception failure)
            throw failure;
        listener.Tell($"{context.Self.Path.Name} {message}");
    });

    protected static async Task<List<Routee>> RouteesAsync(IActorRef router) =>
        (await router.Ask<Routees>(GetRoutees.Instance, Patience)).Members.ToList();

    protected static async Task<List<IActorRef>> RouteeActorsAsync(IActorRef router) =>
        (await RouteesAsync(router)).Select(routee => ((ActorRefRoutee)routee).Actor).ToList();

    /// <summary>Tells the messages one after the other and collects the names that answer.</summary>
    protected async Task<List<string>> AnswersAsync(IActorRef router, IEnumerable<object> messages)
    {
        var names = new List<string>();
        foreach (var message in messages)
        {
            router.Tell(message, TestActor);
            names.Add(await ExpectMsgAsync<string>());
        }

        return names;
    }

    /// <summary>Top-level actors for a group, and their paths.</summary>
    protected string[] GroupPaths(int count) =>
        Enumerable.Range(0, count).Select(index => Sys.ActorOf(NameTeller(), $"member-{index}").Path.ToStringWithoutAddress()).ToArray();
}
