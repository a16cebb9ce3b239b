using System.Text.Json.Serialization;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>An unlabelled link says so with null rather than by leaving the label out.</summary>
internal sealed record LabelBody(
    string Category, int TypeId, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Label);
