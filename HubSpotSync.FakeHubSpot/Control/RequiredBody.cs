namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>What is left out is an empty list.</summary>
internal sealed record RequiredBody(IReadOnlyList<string>? Properties);
