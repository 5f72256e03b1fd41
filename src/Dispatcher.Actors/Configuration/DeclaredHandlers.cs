using System.Reflection;

namespace Dispatcher.Actors.Configuration;

/// <summary>What a pool's builder says of its handlers, as far as settings depend on it.</summary>
/// <param name="Classes">The types of task that have one, and the class of workers that code declares it for; null where it declares none.</param>
internal sealed record DeclaredHandlers(IReadOnlyDictionary<Type, WorkerClass?> Classes)
{
    /// <summary>The types of task that have a handler.</summary>
    public IEnumerable<Type> TaskTypes => Classes.Keys;

    /// <summary>The types that have a fallback handler.</summary>
    public IReadOnlyCollection<Type> Fallbacks { get; init; } = [];

    /// <summary>The types whose handler has a second version.</summary>
    public IReadOnlyCollection<Type> RollOuts { get; init; } = [];

    /// <summary>The types whose size is known.</summary>
    public IReadOnlyCollection<Type> Measured { get; init; } = [];

    /// <summary>Those of them that the builder was given a measure for.</summary>
    public IReadOnlyCollection<Type> MeasuredByCode { get; init; } = [];

    /// <summary>What the types declare by attribute, by the setting's key below the pool. Of two types of one name the first counts.</summary>
    public IReadOnlyDictionary<string, DeclaredValue> Values()
    {
        Dictionary<string, DeclaredValue> values = new(StringComparer.Ordinal);
        foreach (Type type in TaskTypes)
        {
            foreach ((string key, DeclaredValue value) in type.GetCustomAttribute<TaskContractAttribute>()?.Values ?? new Dictionary<string, DeclaredValue>())
                values.TryAdd(TaskKeys.Of(type.Name, key), value with { TaskType = type });
        }

        return values;
    }
}
