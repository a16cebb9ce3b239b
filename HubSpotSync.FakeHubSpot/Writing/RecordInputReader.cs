using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Writing;

internal static class RecordInputReader
{
    private static readonly string[] Categories = ["HUBSPOT_DEFINED", "USER_DEFINED", "INTEGRATOR_DEFINED", "WORK"];

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

    public static IReadOnlyList<AssociationSpec> Specs(JsonElement element) => [.. element.Items("types").Select(Spec)];

    public static AssociationSpec Spec(JsonElement type) => new(
        type.OneOf("associationCategory", Categories) ?? throw JsonFields.Missing("associationCategory"),
        type.RequiredWhole("associationTypeId"));

    private static AssociationInput ReadAssociation(JsonElement element) =>
        new(
            element.Child("to")?.Text("id") ?? throw Refuse.Validation("Invalid input JSON: to.id is missing."),
            Specs(element));
}
