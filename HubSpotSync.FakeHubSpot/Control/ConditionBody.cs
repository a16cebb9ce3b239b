namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record ConditionBody(string? Property, IReadOnlyList<string>? Values, IReadOnlyList<string>? Required);
