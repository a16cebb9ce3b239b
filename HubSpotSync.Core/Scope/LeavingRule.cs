namespace HubSpotSync.Core.Scope;

/// <summary>What becomes of a customer here whose contact leaves the scope.</summary>
public enum LeavingRule
{
    /// <summary>It stays, detached, and says so.</summary>
    Stay,

    /// <summary>It is archived here, and taken back when the contact is in scope again.</summary>
    Archive,
}
