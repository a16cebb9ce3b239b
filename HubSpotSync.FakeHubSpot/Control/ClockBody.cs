namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record ClockBody(int AdvanceSeconds);
