namespace Dispatcher.Actors;

/// <summary>What the handler of a type of task mostly does, as measured.</summary>
public enum TaskTrait : byte
{
    /// <summary>It computes and waits; or too little is known yet.</summary>
    Hybrid,

    /// <summary>It waits.</summary>
    Waits,

    /// <summary>It computes.</summary>
    Computes,

    /// <summary>It computes, and for long.</summary>
    ComputesLong,
}
