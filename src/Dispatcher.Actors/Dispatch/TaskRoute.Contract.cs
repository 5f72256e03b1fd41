using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Dispatch;

/// <content>The contract of a type of task.</content>
internal abstract partial class TaskRoute
{
    /// <summary>The values in force, each with its source.</summary>
    public TaskContract Contract
    {
        get
        {
            ContractSettings contract = Settings.Contract;
            FallbackSettings fallback = Core.Settings.Admission.FallbackOf(TaskType.Name);
            return new TaskContract
            {
                Pool = Core.Settings.Name,
                TaskType = TaskType,
                ResultType = ResultType,
                Handler = HandlerName,
                HasFallback = HasFallback,
                Deadline = Of(TaskKeys.Deadline, contract.Deadline),
                P99Target = Of(TaskKeys.P99Target, contract.P99Target),
                Priority = Of(TaskKeys.Priority, contract.Priority),
                QueueBudget = Of(TaskKeys.QueueBudget, contract.QueueBudget),
                RunBudget = Of(TaskKeys.RunBudget, contract.RunBudget),
                PayloadCapBytes = Of(TaskKeys.PayloadCap, contract.PayloadCap),
                Attempts = Of(TaskKeys.Attempts, Settings.Retries.Attempts),
                TryTimeout = Of(TaskKeys.TryTimeout, Settings.Retries.TryTimeout),
                RetryOn = Of(TaskKeys.RetryOn, Settings.Retries.On),
                BackoffFirst = Of(TaskKeys.BackoffFirst, Settings.Retries.BackoffFirst),
                BackoffMax = Of(TaskKeys.BackoffMax, Settings.Retries.BackoffMax),
                FallbackOnBreakerOpen = Of(TaskKeys.FallbackOnBreakerOpen, fallback.OnBreakerOpen),
                FallbackOnFailed = Of(TaskKeys.FallbackOnFailed, fallback.OnFailed),
                FallbackOnOverload = Of(TaskKeys.FallbackOnOverload, fallback.OnOverload),
            };
        }
    }

    private ContractValue<T> Of<T>(string key, T value) => new(value, Settings.Sources.GetValueOrDefault(key));
}
