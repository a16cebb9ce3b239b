namespace HubSpotSync.Portal.Customers;

/// <summary>What can be done with a record, for the head of its page.</summary>
/// <param name="IsMerged">It lives on in another one, so nobody can bring it back.</param>
internal sealed record RecordActions(string Address, bool IsArchived, bool IsMerged, string? HubSpotHref);
