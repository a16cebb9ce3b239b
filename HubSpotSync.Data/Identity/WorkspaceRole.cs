namespace HubSpotSync.Data.Identity;

/// <summary>What a user may do; each role may do all that the ones below it may.</summary>
public enum WorkspaceRole
{
    /// <summary>Looks, changes nothing.</summary>
    Viewer,

    /// <summary>Works with customers, deals and invoices.</summary>
    Member,

    /// <summary>Connects HubSpot, sets the rules, manages users.</summary>
    Admin,

    /// <summary>An admin who can't be removed by others.</summary>
    Owner,
}
