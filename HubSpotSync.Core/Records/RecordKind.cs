namespace HubSpotSync.Core.Records;

/// <summary>The kinds of records that both sides know.</summary>
public enum RecordKind
{
    Contact,
    Company,
    Deal,
}
