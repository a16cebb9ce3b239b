using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Portal.Customers;

namespace HubSpotSync.Portal.Why;

/// <summary>A customer, company or deal as its row says it, whichever it is.</summary>
internal sealed record LocalSide(RecordKind Kind, Guid Id, JsonElement Row)
{
    public bool IsArchived => Text("archived_at") is not null;

    /// <summary>The engine archived it, because its contact left the scope.</summary>
    public bool WasArchivedForScope => Text("archived_for_scope") == "true";

    public bool IsFromHere => Text("source") == "local";

    public DateTimeOffset UpdatedAt => Row.GetProperty("updated_at").GetDateTimeOffset();

    public string Name => Kind switch
    {
        RecordKind.Contact => CustomerNames.Of(
            Text("first_name"), Text("last_name"), Text(StandardFields.Email), Text("company_name")),
        RecordKind.Company => Text("name") ?? Text(StandardFields.Domain) ?? "No name",
        _ => Text("name") ?? "Deal without a name",
    };

    public string Href => Kind switch
    {
        RecordKind.Contact => $"/customers/{Id}",
        RecordKind.Company => $"/companies/{Id}",
        _ => $"/deals/{Id}",
    };

    public RecordSnapshot SnapshotOf(FieldMap map) =>
        RecordSnapshot.OfLocal(map, [.. map.Fields.Select(field => Text(field.Name))], UpdatedAt);

    public string? Text(string name) => !Row.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
