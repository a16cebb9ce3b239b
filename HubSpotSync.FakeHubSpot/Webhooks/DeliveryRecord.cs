namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>What became of one call, without anything of what it said.</summary>
/// <param name="Status">0 where no answer came in time.</param>
internal sealed record DeliveryRecord(string At, int PortalId, int Attempt, int Events, int Status, int DurationMs);
