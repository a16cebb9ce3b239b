namespace HubSpotSync.Core.Planning;

/// <summary>What is done when a contact that comes for the first time is somebody who is here already.</summary>
public enum DuplicateRule
{
    /// <summary>The two become one; each field is decided by its own rule.</summary>
    Merge,

    /// <summary>The two become one, with HubSpot's values wherever it has one.</summary>
    Replace,

    /// <summary>The contact is left out.</summary>
    Skip,

    /// <summary>A person decides.</summary>
    Ask,
}
