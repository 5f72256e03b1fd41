namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>What makes two submissions one task: an idempotency key is its tenant's own, and its type's.</summary>
/// <param name="TaskType">The type of task.</param>
/// <param name="Tenant">On whose behalf; null for none.</param>
/// <param name="Key">The idempotency key.</param>
internal readonly record struct OnceKey(Type TaskType, string? Tenant, string Key);
