namespace Akka.Configuration.Hocon;

/// <summary>A parsed text: its root value and the substitutions it contains.</summary>
public class HoconRoot
{
    public HoconRoot(HoconValue value) : this(value, []) { }

    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    public HoconValue Value { get; }

    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
