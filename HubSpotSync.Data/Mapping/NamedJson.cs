using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HubSpotSync.Data.Mapping;

/// <summary>
/// Values that are kept as one JSON text. Enumerations are stored by name, so that none ever turns into another one.
/// </summary>
internal static class NamedJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static PropertyBuilder<T> HasNamedJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            new ValueConverter<T, string>(value => Write(value), json => Read<T>(json)),
            new ValueComparer<T>(
                (a, b) => Write(a) == Write(b), value => Write(value).Length, value => Read<T>(Write(value))));

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!; // what Write wrote
}
