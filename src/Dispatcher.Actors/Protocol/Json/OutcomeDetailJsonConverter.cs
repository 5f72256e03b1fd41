using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Actors.Json;

/// <summary>Reads and writes what there is to say about an outcome, such as <c>{"kind":"Rejected","reason":"QueueFull","retryAfterSeconds":0.05}</c>.</summary>
public sealed class OutcomeDetailJsonConverter : JsonConverter<OutcomeDetail>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(OutcomeDetail).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    public override OutcomeDetail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.OutcomeJson)?.ToDetail() ?? throw new JsonException("The outcome has no detail.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, OutcomeDetail value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, OutcomeJson.Of(value), ProtocolJson.Default.OutcomeJson);
}
