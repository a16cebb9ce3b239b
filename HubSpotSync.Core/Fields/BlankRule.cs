namespace HubSpotSync.Core.Fields;

/// <summary>What it means that a side has no value any more where both had one.</summary>
public enum BlankRule
{
    /// <summary>It was cleared on purpose and is cleared on the other side too.</summary>
    Clears,

    /// <summary>A blank is never an edit: nothing is cleared by it, and the other side's value fills it.</summary>
    NeverClears,
}
