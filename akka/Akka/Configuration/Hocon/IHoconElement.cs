namespace Akka.Configuration.Hocon;

/// <summary>A part of a value: text, an array, an object or a substitution.</summary>
public interface IHoconElement
{
    bool IsString();
    string? GetString();
    bool IsArray();
    IList<HoconValue> GetArray();
}

/// <summary>An element that may turn out to be an object.</summary>
public interface IMightBeAHoconObject
{
    bool IsObject();
    HoconObject? GetObject();
}
