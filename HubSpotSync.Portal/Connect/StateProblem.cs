namespace HubSpotSync.Portal.Connect;

/// <summary>Why a state that came back is not taken.</summary>
internal enum StateProblem
{
    None,

    /// <summary>Not ours, changed on the way, or none at all.</summary>
    Unreadable,
    Expired,

    /// <summary>Somebody else's, or begun in another browser.</summary>
    Foreign,

    /// <summary>It came back before: its cookie is gone.</summary>
    Used,
}
