using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>The unique property by which the admin wants contacts to be told apart, after every address.</summary>
/// <param name="Field">A custom field here.</param>
internal sealed record UniqueKey(string Field, FieldDefinition Definition)
{
    /// <returns><c>null</c> where none was chosen, or it can't be synced at the moment.</returns>
    public static UniqueKey? Of(SyncPolicy policy, FieldMap map) =>
        map.Kind == RecordKind.Contact && policy.MatchField is { } name
        && map.PositionOf(name) is var at and >= 0
        && map.Fields[at] is { IsCustom: true, Values: null, Direction: not FieldDirection.Off } definition
            ? new UniqueKey(name, definition)
            : null;

    public string? ValueOf(HubSpotRecord record) =>
        FieldValue.Normalize(Definition.Type, record[Definition.HubSpotProperty]);
}
