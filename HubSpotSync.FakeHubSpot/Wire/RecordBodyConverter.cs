using System.Text.Json;
using System.Text.Json.Serialization;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>Writes a record straight to the answer: pages of them are what the fake sends most.</summary>
internal sealed class RecordBodyConverter : JsonConverter<RecordBody>
{
    public override RecordBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A record is only ever sent.");

    public override void Write(Utf8JsonWriter writer, RecordBody value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, value.Id);
        WriteProperties(writer, value);
        WriteTime(writer, "createdAt"u8, value.Times.CreatedAt);
        WriteTime(writer, "updatedAt"u8, value.Times.UpdatedAt);
        writer.WriteBoolean("archived"u8, value.Times.ArchivedAt is not null);
        if (value.Times.ArchivedAt is { } archivedAt)
        {
            WriteTime(writer, "archivedAt"u8, archivedAt);
        }

        writer.WriteString("url"u8, value.Url);
        WriteExtras(writer, value, options);
        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, RecordBody value)
    {
        writer.WriteStartObject("properties"u8);
        for (var i = 0; i < value.Names.Count; i++)
        {
            writer.WriteString(value.Names[i], value.Values[i]);
        }

        writer.WriteEndObject();
    }

    private static void WriteExtras(Utf8JsonWriter writer, RecordBody value, JsonSerializerOptions options)
    {
        WritePart(writer, "propertiesWithHistory", value.PropertiesWithHistory, options);
        WritePart(writer, "associations", value.Associations, options);
        WritePart(writer, "new", value.New, options);
        WritePart(writer, "objectWriteTraceId", value.ObjectWriteTraceId, options);
    }

    private static void WritePart<T>(Utf8JsonWriter writer, string name, T? part, JsonSerializerOptions options)
    {
        if (part is not null)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, part, options);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset moment)
    {
        Span<char> text = stackalloc char[WireTime.Length];
        WireTime.Format(moment, text);
        writer.WriteString(name, text);
    }
}
