using System.Text.Json.Serialization;

namespace Dispatcher.Actors.Alerts;

/// <summary>Alerts as the webhook gets them: names in camel case, words for enumerations, what is not there left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Alert))]
internal sealed partial class AlertJson : JsonSerializerContext;
