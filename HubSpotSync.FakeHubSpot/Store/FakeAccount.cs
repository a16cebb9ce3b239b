using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Lists;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>
/// One HubSpot account with all it holds. Everything in it is read and written under <see cref="Gate"/>.
/// </summary>
public sealed class FakeAccount(int portalId, string name)
{
    private Dictionary<ObjectType, ObjectStore> _stores =
        ObjectTypes.All.ToDictionary(type => type, type => new ObjectStore(type));
    private Dictionary<ObjectType, PropertySchema> _schemas =
        ObjectTypes.All.ToDictionary(type => type, type => new PropertySchema(type));

    public const int AdminUserId = 67;
    public const string AdminUserText = "67";
    public const string AdminEmail = "admin@example.com";

    /// <summary>The customer's own, not that of HubSpot's pages.</summary>
    public const string Domain = "acme-outfitters.example";

    public Lock Gate { get; } = new();
    public int PortalId => portalId;
    public string Name => name;
    public string Currency { get; init; } = "EUR";
    public string TimeZone { get; init; } = "Europe/Berlin";
    public DateTimeOffset CreatedAt { get; init; } = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);
    public AssociationStore Associations { get; private init; } = new();
    public AssociationLabels Labels => Associations.Labels;
    public ChangeFeed Changes { get; } = new();
    public List<Owner> Owners { get; private init; } = [];
    public List<Pipeline> Pipelines { get; private init; } = [];
    public PipelineLog PipelineLog { get; private init; } = new();
    public ListStore Lists { get; private init; } = new();
    public PropertyRules Rules { get; private init; } = new();

    /// <summary>Addresses deleted for privacy: they may not come back.</summary>
    public HashSet<string> BlockedEmails { get; private init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What the account's own forms demand of a new record; only dated paths since 2026-09 hold API calls to it.
    /// </summary>
    public Dictionary<ObjectType, IReadOnlyList<string>> RequiredByForms { get; private init; } = [];

    /// <summary>What one value demands of other properties; held to as <see cref="RequiredByForms"/> is.</summary>
    public List<ConditionalRule> ConditionalRules { get; private init; } = [];

    public TimeSpan Offset(DateTimeOffset now) => TimeZoneInfo.FindSystemTimeZoneById(TimeZone).GetUtcOffset(now);

    /// <summary>The day it is where the account is.</summary>
    public DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Offset(now)).DateTime);

    public ObjectStore Store(ObjectType type) => _stores[type];

    public PropertySchema Schema(ObjectType type) => _schemas[type];

    /// <summary>All it holds, apart from who listens to its changes.</summary>
    public FakeAccount Copy()
    {
        lock (Gate)
        {
            return new FakeAccount(portalId, name)
            {
                Currency = Currency,
                TimeZone = TimeZone,
                CreatedAt = CreatedAt,
                Associations = Associations.Copy(),
                Owners = [.. Owners],
                Pipelines = [.. Pipelines],
                PipelineLog = PipelineLog.Copy(),
                Lists = Lists.Copy(),
                Rules = Rules.Copy(),
                BlockedEmails = new HashSet<string>(BlockedEmails, BlockedEmails.Comparer),
                RequiredByForms = new Dictionary<ObjectType, IReadOnlyList<string>>(RequiredByForms),
                ConditionalRules = [.. ConditionalRules],
                _stores = _stores.ToDictionary(pair => pair.Key, pair => pair.Value.Copy()),
                _schemas = _schemas.ToDictionary(pair => pair.Key, pair => pair.Value.Copy()),
            };
        }
    }
}
