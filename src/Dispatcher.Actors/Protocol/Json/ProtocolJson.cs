using System.Text.Json.Serialization;

namespace Dispatcher.Actors.Json;

/// <summary>Generated readers and writers of what does not depend on the caller's types.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutcomeJson))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
