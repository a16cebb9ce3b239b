namespace HubSpotSync.HubSpotApi.Lists;

/// <summary>A list (segment) of HubSpot's.</summary>
/// <param name="ProcessingType">MANUAL, SNAPSHOT or DYNAMIC.</param>
/// <param name="Fingerprint">Changes when members join or leave.</param>
public sealed record HubSpotList(long Id, string Name, string ProcessingType, int Size, string Fingerprint);

/// <summary>
/// A page of a list's members by their ids, and where the next one starts; <c>null</c> after the last.
/// </summary>
public sealed record ListMembers(IReadOnlyList<long> RecordIds, string? Next);
