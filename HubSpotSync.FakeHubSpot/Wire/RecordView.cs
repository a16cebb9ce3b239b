using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>Which parts of a record a caller asked to see.</summary>
internal sealed class RecordView(FakeAccount account, ObjectType type, IReadOnlyList<string> asked)
{
    private readonly string[] _names = Names(account.Schema(type), type, asked);

    public IReadOnlyList<string> HistoryOf { get; init; } = [];
    public IReadOnlyList<ObjectType> AssociatedWith { get; init; } = [];

    public RecordBody Body(CrmRecord record) => Body(record, record.Value);

    /// <summary>The record as the search index knows it.</summary>
    public RecordBody BodyAsOf(CrmRecord record, DateTimeOffset moment)
    {
        var body = Body(record, name => record.ValueAsOf(name, moment));
        var updatedAt = record.ValueAsOf(type.ModifiedProperty(), moment) ?? body.UpdatedAt;
        return body with { UpdatedAt = updatedAt, Archived = false, ArchivedAt = null };
    }

    private RecordBody Body(CrmRecord record, Func<string, string?> value)
    {
        var properties = new Dictionary<string, string?>(_names.Length);
        foreach (var name in _names)
        {
            properties[name] = LinkedValues.TryGet(account, record, name, out var linked) ? linked : value(name);
        }

        var id = record.Id.ToString(CultureInfo.InvariantCulture);
        return new RecordBody(
            id, properties, WireTime.Format(record.CreatedAt), WireTime.Format(record.UpdatedAt), record.Archived)
        {
            ArchivedAt = record.ArchivedAt is { } at ? WireTime.Format(at) : null,
            Url = $"https://app.hubspot.com/contacts/{account.PortalId}/record/{type.TypeId()}/{id}",
            PropertiesWithHistory = HistoryOf.Count == 0 ? null : History(record),
            Associations = AssociatedWith.Count == 0 ? null : Associations(record),
        };
    }

    private Dictionary<string, IReadOnlyList<VersionBody>> History(CrmRecord record) => HistoryOf
        .Where(name => account.Schema(type).Find(name) is not null)
        .Distinct()
        .ToDictionary(
            name => name,
            name => (IReadOnlyList<VersionBody>)[.. record.History(name).Select(VersionBody.Of)]);

    private Dictionary<string, LinkList>? Associations(CrmRecord record)
    {
        var found = new Dictionary<string, LinkList>();
        foreach (var to in AssociatedWith)
        {
            var links = account.Associations.Of(type, record.Id, to)
                .SelectMany(
                    link => link.TypeIds,
                    (link, typeId) => LinkBody.Of(account.Labels.Find(typeId, type, to), link.ToId))
                .ToList();
            if (links.Count > 0)
            {
                found[to.Plural()] = new LinkList(links);
            }
        }

        return found.Count == 0 ? null : found;
    }

    /// <summary>Names HubSpot does not know are left out without a word.</summary>
    private static string[] Names(PropertySchema schema, ObjectType type, IReadOnlyList<string> asked) =>
        asked.Count == 0
        ? [.. DefaultProperties.SentUnasked(type)]
        : [.. asked.Where(name => schema.Find(name) is not null).Concat(DefaultProperties.AlwaysSent(type)).Distinct()];
}
