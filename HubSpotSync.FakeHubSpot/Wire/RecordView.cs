using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>Which parts of a record a caller asked to see.</summary>
internal sealed class RecordView(FakeAccount account, ObjectType type, IReadOnlyList<string> asked)
{
    private readonly string[] _names = Names(account.Schema(type), type, asked);
    private JsonEncodedText[]? _encoded;

    public IReadOnlyList<string> HistoryOf { get; init; } = [];
    public IReadOnlyList<ObjectType> AssociatedWith { get; init; } = [];

    private JsonEncodedText[] Encoded =>
        _encoded ??= [.. _names.Select(name => JsonEncodedText.Encode(name, FakeJson.Options.Encoder))];

    public RecordBody Body(CrmRecord record)
    {
        var values = new string?[_names.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = LinkedValues.TryGet(account, record, _names[i], out var linked)
                ? linked
                : record.Value(_names[i]);
        }

        return Body(record, values, new RecordTimes(record.CreatedAt, record.UpdatedAt, record.ArchivedAt));
    }

    /// <summary>The record as the search index knows it.</summary>
    public RecordBody BodyAsOf(CrmRecord record, DateTimeOffset moment)
    {
        var values = new string?[_names.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = LinkedValues.TryGet(account, record, _names[i], out var linked)
                ? linked
                : record.ValueAsOf(_names[i], moment);
        }

        var times = new RecordTimes(record.CreatedAt, record.UpdatedAtAsOf(moment), ArchivedAt: null);
        return Body(record, values, times);
    }

    private RecordBody Body(CrmRecord record, string?[] values, RecordTimes times)
    {
        var id = record.Id.ToString(CultureInfo.InvariantCulture);
        var url = $"https://app.hubspot.com/contacts/{account.PortalId}/record/{type.TypeId()}/{id}";
        return new RecordBody(id, Encoded, values, times, url)
        {
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
