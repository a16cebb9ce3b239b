using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Customers.Merging;

/// <summary>A field in which the two differ.</summary>
/// <param name="IsLocked">HubSpot's: nobody chooses, the value is the one that HubSpot has.</param>
/// <param name="TakesTheirs">Proposed, or where it is locked, certain: the value of the one that goes.</param>
internal sealed record MergeRow(
    string Name, string Label, string? Mine, string? Theirs, bool IsLocked, bool TakesTheirs);

/// <summary>Two records of a kind side by side: the one that stays, and the one that goes.</summary>
internal sealed record MergePair(CrmRecord Mine, CrmRecord Other, IReadOnlyList<MergeRow> Rows, int Equal)
{
    public bool AreBothInHubSpot { get; private init; }

    /// <summary>Names of all fields of the kind.</summary>
    public required IReadOnlySet<string> Fields { get; init; }

    /// <param name="linked">Those of the two that HubSpot has.</param>
    public static MergePair Of(
        CrmRecord mine, CrmRecord other, RecordRules rules, IReadOnlyDictionary<Guid, long> linked, ValueWords words)
    {
        var differing = rules.Map.Fields.Where(field => mine.ValueOf(field.Name) != other.ValueOf(field.Name)).ToList();
        return new MergePair(
            mine, other, [.. differing.Select(field => RowOf(field, mine, other, rules, linked, words))],
            rules.Map.Fields.Length - differing.Count)
        {
            AreBothInHubSpot = linked.Count == 2,
            Fields = rules.Map.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>Fields whose value comes from the one that goes.</summary>
    public HashSet<string> FromOther(Func<MergeRow, bool> isWanted) =>
        [.. Rows.Where(row => row.IsLocked ? row.TakesTheirs : isWanted(row)).Select(row => row.Name)];

    private static MergeRow RowOf(
        FieldDefinition field, CrmRecord mine, CrmRecord other, RecordRules rules,
        IReadOnlyDictionary<Guid, long> linked, ValueWords words)
    {
        // The link comes along where the one that stays has none, and with it what HubSpot says; a blank says nothing.
        var isMineLinked = linked.ContainsKey(mine.Id);
        var linkComes = !isMineLinked && linked.ContainsKey(other.Id);
        var isLocked = rules.Locks(field, isMineLinked || linkComes)
            && !(linkComes && other.ValueOf(field.Name) is null);
        return new MergeRow(
            field.Name, rules.LabelOf(field.Name), Shown(mine), Shown(other), isLocked,
            isLocked ? linkComes : mine.ValueOf(field.Name) is null);

        string? Shown(CrmRecord record) => words.Say(rules.Map, field.Name, record.ValueOf(field.Name));
    }
}
