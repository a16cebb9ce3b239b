namespace HubSpotSync.Core.Fields;

/// <summary>Which way a field's edits travel.</summary>
public enum FieldDirection
{
    Both,

    /// <summary>HubSpot to local.</summary>
    In,

    /// <summary>Local to HubSpot.</summary>
    Out,
    Off,
}
