namespace HubSpotSync.Portal.Customers;

/// <summary>What can be done with a record, for the head of its page.</summary>
internal sealed record RecordActions(string Address, bool IsArchived, string? HubSpotHref);
