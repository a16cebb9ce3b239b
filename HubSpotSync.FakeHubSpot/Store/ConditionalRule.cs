namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>When a property is set to a value, others may not stay empty; binds API calls since 2026-09.</summary>
public sealed record ConditionalRule(
    ObjectType Type, string Property, IReadOnlyList<string> Values, IReadOnlyList<string> Required)
{
    public bool Names(string property) => Property == property || Required.Contains(property);
}
