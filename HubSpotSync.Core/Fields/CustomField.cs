using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Fields;

/// <summary>A field that an admin added to a kind of record.</summary>
public sealed record CustomField(RecordKind Kind, FieldDefinition Field);
