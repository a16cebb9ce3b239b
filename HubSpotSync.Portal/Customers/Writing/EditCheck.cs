using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;

namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>One field of an edit: what the record says, and what it is to say.</summary>
internal sealed record FieldEdit(FieldDefinition? Field, string? Theirs, string? Mine);

/// <summary>Finds out what an edit changes and what stands against it.</summary>
internal sealed record EditCheck(RecordRules Rules, long? HubSpotId)
{
    private static readonly string[] PersonKeys = ["first_name", "last_name", StandardFields.Email];
    private static readonly string[] CompanyKeys = ["name", StandardFields.Domain];

    /// <summary>
    /// What would change: not what says the same already, nor what its author never touched.
    /// </summary>
    public IReadOnlyDictionary<string, FieldEdit> Read(
        CrmRecord record, IReadOnlyDictionary<string, string?> values, IReadOnlyDictionary<string, string?>? was)
    {
        var changes = new Dictionary<string, FieldEdit>(StringComparer.Ordinal);
        foreach (var (name, raw) in values)
        {
            var field = Rules.FindEdited(name);
            var mine = field is null ? raw : FieldValue.Normalize(field.Type, raw);
            var theirs = field is null ? null : record.ValueOf(name);
            if (mine != theirs && !(was?.TryGetValue(name, out var before) == true && Same(field, before, mine)))
            {
                changes.Add(name, new FieldEdit(field, theirs, mine));
            }
        }

        return changes;
    }

    /// <summary>Fields that somebody else gave another value since they were read.</summary>
    public static IReadOnlyList<string> Clashes(
        IReadOnlyDictionary<string, FieldEdit> changes, IReadOnlyDictionary<string, string?>? was) =>
    [
        .. changes
            .Where(change => was is null
                || !was.TryGetValue(change.Key, out var before)
                || !Same(change.Value.Field, before, change.Value.Theirs))
            .Select(change => change.Key),
    ];

    /// <returns>Why it can't be; <c>null</c>: it can.</returns>
    public WriteAnswer.Refused? Answer(CrmRecord record, IReadOnlyDictionary<string, FieldEdit> changes)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var isLocked = false;
        foreach (var (name, edit) in changes)
        {
            if (edit.Field is null)
            {
                problems[name] = "There is no such field.";
            }
            else if (Locks(record, edit.Field))
            {
                problems[name] = LockedWords(Rules.LabelOf(name), HubSpotId is not null);
                isLocked = true;
            }
            else if (FieldCheck.ProblemOf(edit.Field, edit.Mine) is { } problem)
            {
                problems[name] = problem;
            }
        }

        if (record.ArchivedAt is not null && changes.Count > 0)
        {
            problems[""] = "It is archived. Restore it first, then edit it.";
        }
        else if (problems.Count == 0 && !IsIdentified(record, changes))
        {
            problems[""] = record is Customer
                ? "Give at least a name or an e-mail, so that somebody can be told apart by it."
                : "Give at least a name or a domain, so that it can be told apart by it.";
        }

        return problems.Count == 0 ? null : new WriteAnswer.Refused(problems)
        {
            HubSpotHref = isLocked && Rules.Connection is { } connection && HubSpotId is { } id
                ? HubSpotLinks.Record(connection, Rules.Map.Kind, id)
                : null,
        };
    }

    private bool Locks(CrmRecord record, FieldDefinition field) => field.Name == Customer.CompanyField
        ? Rules.LocksCompany(record as Customer, HubSpotId is not null)
        : Rules.Locks(field, HubSpotId is not null);

    public static string LockedWords(string label, bool isLinked) => isLinked
        ? $"{label} belongs to HubSpot. Edit it there, and it arrives here."
        : $"{label} comes from HubSpot. It arrives once the customer is there.";

    private static bool IsIdentified(CrmRecord record, IReadOnlyDictionary<string, FieldEdit> changes) =>
        (record is Customer ? PersonKeys : CompanyKeys)
            .Any(key => changes.TryGetValue(key, out var edit)
                ? edit.Mine is not null
                : record.ValueOf(key) is not null);

    private static bool Same(FieldDefinition? field, string? left, string? right) => field is null
        ? left == right
        : FieldValue.Normalize(field.Type, left) == FieldValue.Normalize(field.Type, right);
}
