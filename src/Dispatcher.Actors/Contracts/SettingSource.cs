namespace Dispatcher.Actors;

/// <summary>Where a value comes from; a later one wins over an earlier one.</summary>
public enum SettingSource
{
    /// <summary>The library's own default, in <c>hocon/reference.conf</c>.</summary>
    Default,

    /// <summary>The task type's <see cref="TaskContractAttribute"/>.</summary>
    Attribute,

    /// <summary>The configuration.</summary>
    Hocon,

    /// <summary>The pool's builder.</summary>
    Code,
}
