using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A page of records that HubSpot has.</summary>
internal sealed record InwardRecords(IReadOnlyList<HubSpotRecord> Records, PageSource Source)
{
    /// <summary>
    /// HubSpot's ids of records that are linked here, lie in the page's range of ids and are not in it.
    /// </summary>
    public IReadOnlyList<long> Unlisted { get; init; } = [];

    /// <summary><c>null</c>: nothing else of the same job is under way.</summary>
    public PageTurn? Turn { get; init; }
}
