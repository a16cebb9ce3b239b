using System.Security.Cryptography;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Mapping;

/// <summary>A field as it is kept in step, for comparing and for the audit log.</summary>
internal sealed record FieldState(string Direction, string Conflict, string Blank, string Property, string? Values)
{
    public static FieldState Of(FieldDefinition field) => new(
        field.Direction.ToString(),
        field.Rule.ToString(),
        field.Blank.ToString(),
        field.HubSpotProperty,
        field.Values is { } table
            ? string.Join(", ", table.Pairs.Select(pair => $"{pair.HubSpot} = {pair.Local}"))
            : null);
}

/// <summary>What an admin chose about fields.</summary>
internal sealed record ChosenMapping(
    Dictionary<string, FieldRule> ContactRules, List<CustomField> CustomFields, string? MatchField)
{
    public static ChosenMapping Of(HubSpotConnection connection) =>
        new(connection.ContactRules, connection.CustomFields, connection.MatchField);

    public void ApplyTo(HubSpotConnection connection) =>
        (connection.ContactRules, connection.CustomFields, connection.MatchField) =
            (ContactRules, CustomFields, MatchField);

    /// <summary>Every field with its state, by kind and name, under this mode.</summary>
    public Dictionary<string, FieldState> States(SyncMode mode)
    {
        var policy = new SyncPolicy(mode, []) { ContactRules = ContactRules, CustomFields = [.. CustomFields] };
        return Enum.GetValues<RecordKind>()
            .SelectMany(kind => policy.MapOf(kind).Fields.Select(field => (Key: $"{kind}.{field.Name}", field)))
            .ToDictionary(field => field.Key, field => FieldState.Of(field.field), StringComparer.Ordinal);
    }

    public string Fingerprint(SyncMode mode) => Convert.ToHexString(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((States(mode).ToList(), MatchField).ToTuple())))[..16];
}
