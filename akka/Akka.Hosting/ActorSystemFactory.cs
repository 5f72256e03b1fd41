using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Logging;
using Akka.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Makes the actor system of a container from its <see cref="AkkaConfigurationBuilder"/>.</summary>
internal static class ActorSystemFactory
{
    public static ActorSystem Create(IServiceProvider services)
    {
        var builder = services.GetRequiredService<AkkaConfigurationBuilder>();
        AddExtensions(builder);
        var bootstrap = BootstrapSetup.Create().WithConfig(builder.Configuration.GetOrElse(Config.Empty));
        if (builder.ActorRefProvider.HasValue) bootstrap = bootstrap.WithActorRefProvider(builder.ActorRefProvider.Value);

        var setup = bootstrap.And(DependencyResolverSetup.Create(services));
        // Before the builder's own, so that a factory given to AddLoggerFactory takes the place of the host's.
        if (services.GetService<ILoggerFactory>() is { } loggerFactory) setup = setup.And(new LoggerFactorySetup(loggerFactory));
        foreach (var added in builder.Setups) setup = setup.And(added);
        if (builder.Serializers.Count > 0) setup = setup.And(SerializationSetup.Create(system => CreateSerializers(builder, system)));

        return ActorSystem.Create(builder.ActorSystemName, setup);
    }

    private static ImmutableHashSet<SerializerDetails> CreateSerializers(AkkaConfigurationBuilder builder, ExtendedActorSystem system)
    {
        var details = ImmutableHashSet.CreateBuilder<SerializerDetails>();
        foreach (var (id, boundTypes, create) in builder.Serializers) details.Add(SerializerDetails.Create(id, create(system), [.. boundTypes]));
        return details.ToImmutable();
    }

    /// <summary>Lists the builder's extensions in front of those that the HOCON lists already: a list there would replace the other.</summary>
    private static void AddExtensions(AkkaConfigurationBuilder builder)
    {
        if (builder.Extensions.Count == 0) return;

        var hocon = new StringBuilder("akka.extensions = [");
        foreach (var extension in builder.Extensions) hocon.Append('"').Append(extension.AssemblyQualifiedName).Append("\",");
        if (builder.Configuration.HasValue && builder.Configuration.Value.HasPath("akka.extensions"))
            foreach (var listed in builder.Configuration.Value.GetStringList("akka.extensions")) hocon.Append('"').Append(listed.Trim()).Append("\",");
        hocon.Length--;
        builder.AddHocon(ConfigurationFactory.ParseString(hocon.Append(']').ToString()), HoconAddMode.Prepend);
    }
}
