namespace Akka.Configuration.Hocon;

/// <summary>Text, quoted or not.</summary>
public class HoconLiteral : IHoconElement
{
    public string? Value { get; set; }

    public bool IsString() => true;
    public string? GetString() => Value;
    public bool IsArray() => false;

    // The documented exception type of every element that is asked for what it is not.
    public IList<HoconValue> GetArray() => throw new NotImplementedException($"'{Value}' is text, not an array.");
    public override string? ToString() => Value;
}
