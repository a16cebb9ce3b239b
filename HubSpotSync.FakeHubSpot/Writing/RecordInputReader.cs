using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Writing;

internal static class RecordInputReader
{
    public static RecordInput Read(JsonElement element)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.Child("properties") is not { ValueKind: JsonValueKind.Object } written)
        {
            throw Refuse.Validation("Invalid input JSON: properties are missing.");
        }

        foreach (var property in written.EnumerateObject())
        {
            if (property.Value.AsText() is { } value)
            {
                properties[property.Name] = value;
            }
        }

        return new RecordInput(properties)
        {
            Id = element.Text("id"),
            IdProperty = element.Text("idProperty"),
            TraceId = element.Text("objectWriteTraceId"),
            Associations = [.. element.Items("associations").Select(ReadAssociation)],
        };
    }

    public static IReadOnlyList<int> TypeIds(JsonElement element) => [.. element.Items("types").Select(TypeId)];

    public static int TypeId(JsonElement type) =>
        int.TryParse(type.Text("associationTypeId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Refuse.Validation("Invalid input JSON: associationTypeId must be a number.");

    private static AssociationInput ReadAssociation(JsonElement element) =>
        new(
            element.Child("to")?.Text("id") ?? throw Refuse.Validation("Invalid input JSON: to.id is missing."),
            TypeIds(element));
}
