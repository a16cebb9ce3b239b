namespace HubSpotSync.AppHost;

/// <summary>How to reach HubSpot: the fake's endpoint, or null for the real one.</summary>
internal sealed record HubSpotAccess(
    EndpointReference? Fake,
    IResourceBuilder<ParameterResource> ClientId,
    IResourceBuilder<ParameterResource> ClientSecret);
