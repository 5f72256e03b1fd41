namespace Akka.Configuration.Hocon;

/// <summary>An array; arrays that stand side by side in one value are read as one.</summary>
public class HoconArray : List<HoconValue>, IHoconElement
{
    public bool IsString() => false;
    public string GetString() => throw new NotImplementedException($"The array {this} is not text.");
    public bool IsArray() => true;
    public IList<HoconValue> GetArray() => this;
    public override string ToString() => "[" + string.Join(",", this) + "]";
}
