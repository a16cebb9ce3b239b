namespace HubSpotSync.Data.Crm;

public enum MergeAnswer
{
    Merged,

    /// <summary>The other is a part of this one since an earlier request.</summary>
    AlreadyDone,

    /// <summary>One of the two is not there, or they are the same.</summary>
    NotFound,

    /// <summary>The one that stays is archived, or the other has become a part of a third one.</summary>
    Archived,

    /// <summary>A third record has a value that was to be taken and that only one may have.</summary>
    ValueTaken,
}
