using System.Globalization;
using System.Runtime.CompilerServices;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Contracts;

namespace Dispatcher.Actors;

/// <summary>
/// The contract that a type of task comes with, for every pool that has a handler for it. What is left out comes from the pool's settings; what the pool's
/// builder or the configuration says of the type goes before it. Checked when a pool starts.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TaskContractAttribute : Attribute
{
    private readonly Dictionary<string, DeclaredValue> _values = new(StringComparer.Ordinal);

    /// <summary>How long the whole may take, in milliseconds. 1 to 86,400,000.</summary>
    public double DeadlineMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.Deadline, value);
    }

    /// <summary>What 99 of 100 tasks should take at most, from the door to the outcome, in milliseconds. 0.1 to 86,400,000, not above the deadline.</summary>
    public double P99TargetMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.P99Target, value);
    }

    /// <summary>How urgent it is.</summary>
    public TaskPriority Priority
    {
        get => Get(TaskPriority.P1);
        set => Set(TaskKeys.Priority, value, value.ToString());
    }

    /// <summary>How long it may wait for a worker, in milliseconds. 1 to 86,400,000.</summary>
    public double QueueBudgetMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.QueueBudget, value);
    }

    /// <summary>How long its handler may run, all tries together, in milliseconds. 1 to 86,400,000.</summary>
    public double RunBudgetMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.RunBudget, value);
    }

    /// <summary>The largest payload, in bytes, of a type that says its size. 0 to 2,147,483,647, 0 for no cap.</summary>
    public int PayloadCapBytes
    {
        get => Get(0);
        set => Set(TaskKeys.PayloadCap, value, Text(value));
    }

    /// <summary>How often its handler may be tried, the first time included. 1 to 100.</summary>
    public int Attempts
    {
        get => Get(1);
        set => Set(TaskKeys.Attempts, value, Text(value));
    }

    /// <summary>How long one try may take, in milliseconds. 1 to 3,600,000.</summary>
    public double TryTimeoutMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.TryTimeout, value);
    }

    /// <summary>Which errors are retried, by names as in the setting <c>retries.on</c>, with commas between them.</summary>
    public string RetryOn
    {
        get => Get("");
        set => Set(TaskKeys.RetryOn, value, value);
    }

    /// <summary>The longest wait before the second attempt, in milliseconds. 1 to 3,600,000.</summary>
    public double BackoffFirstMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.BackoffFirst, value);
    }

    /// <summary>The bound of that wait, in milliseconds. 1 to 3,600,000.</summary>
    public double BackoffMaxMilliseconds
    {
        get => Get(0.0);
        set => SetSpan(TaskKeys.BackoffMax, value);
    }

    /// <summary>What the type's fallback handler answers for.</summary>
    public FallbackTriggers Fallback
    {
        get => Get(FallbackTriggers.None);
        set
        {
            Set(TaskKeys.FallbackOnBreakerOpen, value, value.Setting(FallbackTriggers.BreakerOpen));
            Set(TaskKeys.FallbackOnFailed, value, value.Setting(FallbackTriggers.Failed));
            Set(TaskKeys.FallbackOnOverload, value, value.Setting(FallbackTriggers.Overload));
        }
    }

    /// <summary>What was set, by the setting's key below the type.</summary>
    internal IReadOnlyDictionary<string, DeclaredValue> Values => _values;

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private T Get<T>(T otherwise, [CallerMemberName] string member = "")
    {
        foreach (DeclaredValue declared in _values.Values)
        {
            if (declared.Member == member)
                return (T)declared.Value;
        }

        return otherwise;
    }

    private void SetSpan(string key, double value, [CallerMemberName] string member = "") => Set(key, value, $"{Text(value)}ms", member);

    private void Set(string key, object value, string text, [CallerMemberName] string member = "") => _values[key] = new DeclaredValue(member, value, text);
}
