using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Actors.Json;

/// <summary>
/// Reads and writes outcomes, such as <c>{"kind":"Completed","result":42}</c>; the result by the caller's options. An error is its type, its message and its
/// causes, never a stack; read back it is a <see cref="RecordedException"/>.
/// </summary>
public sealed class TaskOutcomeJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(TaskOutcome<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class Converter<TResult> : JsonConverter<TaskOutcome<TResult>>
    {
        public override TaskOutcome<TResult> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            OutcomeJson json = JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.OutcomeJson) ?? throw new JsonException("An outcome is an object.");
            if (json.Kind == OutcomeKind.Completed)
                return TaskOutcome<TResult>.Completed(json.Result is { } result ? result.Deserialize<TResult>(options)! : default!);
            return json.ToDetail() is { } detail ? TaskOutcome<TResult>.Ended(detail) : default;
        }

        public override void Write(Utf8JsonWriter writer, TaskOutcome<TResult> value, JsonSerializerOptions options)
        {
            OutcomeJson json = value.IsCompleted
                ? new OutcomeJson { Kind = OutcomeKind.Completed, Result = JsonSerializer.SerializeToElement(value.Result, options) }
                : OutcomeJson.Of(value.Detail);
            JsonSerializer.Serialize(writer, json, ProtocolJson.Default.OutcomeJson);
        }
    }
}
