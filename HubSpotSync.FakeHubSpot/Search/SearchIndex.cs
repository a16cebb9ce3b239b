using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Search;

/// <summary>What search sees: every record as it was some moments ago. Links are not delayed.</summary>
internal sealed class SearchIndex(FakeAccount account, ObjectType type, DateTimeOffset asOf)
{
    private const string AssociationPrefix = "associations.";
    private static readonly string[] Searchable =
        ["firstname", "lastname", "email", "phone", "company", "name", "domain", "dealname"];

    private readonly PropertySchema _schema = account.Schema(type);

    public List<CrmRecord> Find(SearchQuery query)
    {
        var groups = query.Groups.Select(group => group.Select(Matcher).ToArray()).ToArray();
        var words = query.Words?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var found = new List<CrmRecord>();
        foreach (var record in Candidates(query))
        {
            if (record.WasLive(asOf)
                && (groups.Length == 0 || Array.Exists(groups, group => Array.TrueForAll(group, met => met(record))))
                && Array.TrueForAll(words, word => HasWord(record, word)))
            {
                found.Add(record);
            }
        }

        return Sort(found, query);
    }

    /// <summary>
    /// All records, or those changed since where every group of filters asks for that. In the order of ids.
    /// </summary>
    private IReadOnlyList<CrmRecord> Candidates(SearchQuery query)
    {
        var store = account.Store(type);
        var since = query.Groups.Select(group => group.Select(Since).Max()).ToList();
        return since.Count > 0 && since.TrueForAll(moment => moment is not null)
            ? store.Modified.Since(since.Min()!.Value, store) ?? store.Records // each has one
            : store.Records;
    }

    private DateTimeOffset? Since(SearchFilter filter) =>
        filter.Property == type.ModifiedProperty() && filter.Operator is "GT" or "GTE" or "BETWEEN" or "EQ"
            ? WireTime.Parse(filter.Value ?? "")
            : null;

    private List<CrmRecord> Sort(List<CrmRecord> found, SearchQuery query)
    {
        if (query.SortBy is "hs_object_id")
        {
            return query.Descending ? [.. Enumerable.Reverse(found)] : found;
        }

        if (query.SortBy is null or "createdate")
        {
            return query.Descending
                ? [.. found.OrderByDescending(record => record.CreatedAt)]
                : IsInOrder(found) ? found : [.. found.OrderBy(record => record.CreatedAt)];
        }

        var property = Require(query.SortBy);
        var order = Comparer<string?>.Create((left, right) => (left, right) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => FilterMatch.Compare(property, left, right),
        });
        string? Key(CrmRecord record) => record.ValueAsOf(property.Name, asOf);
        return [.. query.Descending ? found.OrderByDescending(Key, order) : found.OrderBy(Key, order)];
    }

    /// <summary>Ids are given out as records are made, so this is the rule.</summary>
    private static bool IsInOrder(List<CrmRecord> found)
    {
        for (var at = 1; at < found.Count; at++)
        {
            if (found[at].CreatedAt < found[at - 1].CreatedAt)
            {
                return false;
            }
        }

        return true;
    }

    private Predicate<CrmRecord> Matcher(SearchFilter filter)
    {
        if (!FilterMatch.Operators.Contains(filter.Operator))
        {
            throw Refuse.Validation($"Invalid input JSON: {filter.Operator} is not an operator.");
        }

        FilterMatch.RequireComplete(filter);
        if (filter.Property.StartsWith(AssociationPrefix, StringComparison.Ordinal))
        {
            return LinkMatcher(filter);
        }

        var property = Require(filter.Property);
        if (filter.Operator is "EQ" or "IN" && property.Type == "enumeration")
        {
            IEnumerable<string> wanted = filter.Operator == "EQ" ? [filter.Wanted] : filter.Values;
            var values = wanted.ToHashSet(StringComparer.Ordinal);
            return record => record.ValueAsOf(property.Name, asOf) is { } value && values.Contains(value);
        }

        var canonical = property.Type == "datetime" ? InStoredForm(filter) : filter;
        return record => FilterMatch.Meets(property, record.ValueAsOf(property.Name, asOf), canonical);
    }

    /// <summary>Once for the filter rather than once for each record: moments then compare as text.</summary>
    private static SearchFilter InStoredForm(SearchFilter filter)
    {
        return filter with
        {
            Value = Moment(filter.Value),
            HighValue = Moment(filter.HighValue),
            Values = [.. filter.Values.Select(Moment).OfType<string>()],
        };

        static string? Moment(string? text) => text is null ? null : WireTime.Parse(text) is { } moment
            ? WireTime.Format(moment)
            : throw Refuse.Validation($"{text} was not a valid moment: milliseconds since 1970 are expected.");
    }

    private Predicate<CrmRecord> LinkMatcher(SearchFilter filter)
    {
        if (!ObjectTypes.TryParse(filter.Property[AssociationPrefix.Length..], out var to))
        {
            throw Refuse.Validation($"Unable to infer object type from: {filter.Property}");
        }

        var ids = filter.Values.Append(filter.Value ?? "")
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .ToHashSet();
        return record => account.Associations.Of(type, record.Id, to).Any(link => ids.Contains(link.ToId));
    }

    private bool HasWord(CrmRecord record, string word) =>
        Searchable.Any(
            name => record.ValueAsOf(name, asOf)?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    private PropertyDefinition Require(string name) =>
        _schema.Find(name) ?? throw Refuse.Validation(
            $"There was a problem with the request: property {name} does not exist.");
}
