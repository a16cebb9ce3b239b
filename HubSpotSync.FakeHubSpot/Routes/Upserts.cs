using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class Upserts
{
    public static PlannedWrite Plan(ApiCall call, RecordWriter writer, RecordInput input)
    {
        var idProperty = input.IdProperty ?? throw Refuse.Validation(
            "Invalid input JSON: idProperty is required for an upsert.");
        var id = input.Id ?? throw Refuse.Validation("Invalid input JSON: id is missing.");
        RecordLookup.RequireUnique(call.Account, call.Type, idProperty);
        var record = RecordLookup.Find(call.Account, call.Type, idProperty, id, followMerges: false);
        if (record is null)
        {
            return writer.PlanCreate(input with { Properties = WithId(input.Properties, idProperty, id) });
        }

        if (idProperty == "email")
        {
            RefusePartial(call, record, input);
        }

        return writer.PlanUpdate(record, input);
    }

    private static Dictionary<string, string> WithId(
        IReadOnlyDictionary<string, string> properties, string idProperty, string id) =>
        new(properties, StringComparer.Ordinal) { [idProperty] = properties.GetValueOrDefault(idProperty) ?? id };

    /// <summary>
    /// HubSpot documents that upserts by e-mail are not partial, without saying what becomes of what is left out. The
    /// fake refuses to guess: an input that leaves out a value the contact has is an error.
    /// </summary>
    private static void RefusePartial(ApiCall call, CrmRecord record, RecordInput input)
    {
        var left = call.Account.Schema(call.Type).Active
            .Where(property => property is { ReadOnlyValue: false, Calculated: false, Name: not "email" })
            .Where(
                property =>
                    !string.IsNullOrEmpty(record.Value(property.Name)) && !input.Properties.ContainsKey(property.Name))
            .Select(property => property.Name)
            .ToList();
        if (left.Count > 0)
        {
            throw Refuse.Validation(
                $"Partial upserts are not supported when idProperty is email. Missing: {string.Join(", ", left)}.");
        }
    }
}
