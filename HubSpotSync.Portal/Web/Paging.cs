namespace HubSpotSync.Portal.Web;

/// <summary>Where a page of a list stands in the whole.</summary>
internal sealed record Paging(int Page, int Size, int Total)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    /// <summary>A page past the end is the last one.</summary>
    public int Current => Math.Clamp(Page, 1, Pages);

    public int Skip => (Current - 1) * Size;

    public int First => Total == 0 ? 0 : Skip + 1;

    public int Last => Math.Min(Total, Skip + Size);

    public bool HasPrevious => Current > 1;

    public bool HasNext => Current < Pages;
}
