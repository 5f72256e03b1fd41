using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Contracts;

namespace Dispatcher.Actors.Hosting;

/// <content>What types of task are promised and held to.</content>
public sealed partial class TaskDispatcherBuilder
{
    /// <summary>
    /// Sets a type of task's contract: <c>tasks.NAME.contract</c> and what belongs to it. Goes before the configuration and the type's <see cref="TaskContractAttribute"/>; what
    /// the options leave out stays as it is there.
    /// </summary>
    /// <typeparam name="TTask">The task; it has a handler here.</typeparam>
    /// <param name="contract">The options.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Contract<TTask>(TaskContractOptions contract)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(contract);
        string type = typeof(TTask).Name;
        SetSpan(type, TaskKeys.Deadline, contract.Deadline);
        SetSpan(type, TaskKeys.P99Target, contract.P99Target);
        SetSpan(type, TaskKeys.QueueBudget, contract.QueueBudget);
        SetSpan(type, TaskKeys.RunBudget, contract.RunBudget);
        SetIf(TaskKeys.Of(type, TaskKeys.Priority), contract.Priority?.ToString());
        SetIf(TaskKeys.Of(type, TaskKeys.PayloadCap), contract.PayloadCapBytes);
        if (contract.Retries != null)
            Retries<TTask>(contract.Retries);
        if (contract.Fallback is not { } fallback)
            return this;
        return Set(TaskKeys.Of(type, TaskKeys.FallbackOnBreakerOpen), fallback.Setting(FallbackTriggers.BreakerOpen))
            .Set(TaskKeys.Of(type, TaskKeys.FallbackOnFailed), fallback.Setting(FallbackTriggers.Failed))
            .Set(TaskKeys.Of(type, TaskKeys.FallbackOnOverload), fallback.Setting(FallbackTriggers.Overload));
    }

    private void SetSpan(string type, string key, TimeSpan? span) =>
        SetIf(TaskKeys.Of(type, key), span == Timeout.InfiniteTimeSpan ? "off" : span);

    private void SetIf(string key, object? value)
    {
        if (value != null)
            Set(key, value);
    }
}
