namespace HubSpotSync.Data.Connections;

/// <summary>How we get into an account.</summary>
public enum ConnectionAccess
{
    /// <summary>By the consent of a person to this installation's app; HubSpot tells of changes by webhook.</summary>
    OAuth,

    /// <summary>
    /// By the token of a private app or a service key that a person pasted. It does not end; changes are found by
    /// asking.
    /// </summary>
    Token,
}
