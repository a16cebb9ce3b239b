using System.Text.Json;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>A list of records, which HubSpot's pages call a segment. Its members are kept apart from it.</summary>
public sealed record CrmList(long Id, string Name, ObjectType Type, string ProcessingType, DateTimeOffset CreatedAt)
{
    public const string Manual = "MANUAL";
    public const string Snapshot = "SNAPSHOT";
    public const string Dynamic = "DYNAMIC";
    public static readonly IReadOnlyList<string> ProcessingTypes = [Manual, Snapshot, Dynamic];

    public JsonElement? FilterBranch { get; init; }
    public int Version { get; init; } = 1;
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
    public DateTimeOffset FiltersUpdatedAt { get; init; } = CreatedAt;
    public DateTimeOffset? DeletedAt { get; init; }

    public bool IsDynamic => ProcessingType == Dynamic;
}
