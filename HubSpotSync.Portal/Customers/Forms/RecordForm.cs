using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Forms;

/// <summary>Makes the boxes of a form from the fields of a kind of record.</summary>
internal sealed class RecordForm(CrmDbContext db, ValueDictionary dictionary)
{
    private static readonly string[] Stages =
        ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist"];

    public async Task<List<FieldBox>> DrawAsync(
        RecordRules rules,
        bool isLinked,
        Func<string, string?> valueOf,
        Func<string, string?> wasOf,
        CancellationToken cancellationToken)
    {
        var boxes = new List<FieldBox>();
        foreach (var field in rules.Map.Fields)
        {
            var label = rules.LabelOf(field.Name);
            boxes.Add(new FieldBox(field.Name, label, valueOf(field.Name))
            {
                Was = wasOf(field.Name),
                Type = TypeOf(field.Type),
                Options = await OptionsAsync(field, rules, valueOf(field.Name), cancellationToken),
                Lock = rules.Locks(field, isLinked) ? EditCheck.LockedWords(label, isLinked) : null,
            });
        }

        return boxes;
    }

    /// <summary>A value as people read it.</summary>
    public async Task<string?> SayAsync(
        RecordRules rules, string field, string? value, CancellationToken cancellationToken) =>
        (await dictionary.ReadAsync(cancellationToken)).Say(rules.Map, field, value);

    /// <summary>Who saved a record last, and when, as far as it was noted.</summary>
    public async Task<(string? Who, DateTimeOffset? At)> LastEditAsync(Guid id, CancellationToken cancellationToken)
    {
        var last = await db.Activities.AsNoTracking()
            .Where(row => (row.CustomerId == id || row.CompanyId == id) && row.Fields != null)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Select(row => new
            {
                row.At,
                Who = db.Users.Where(user => user.Id == row.By).Select(user => user.DisplayName).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        var synced = await db.Changes.AsNoTracking()
            .Where(row => row.LocalId == id && row.Side == "Local")
            .OrderByDescending(row => row.At)
            .Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken);
        return synced > (last?.At ?? DateTimeOffset.MinValue) ? ("HubSpot's sync", synced) : (last?.Who, last?.At);
    }

    private async Task<IReadOnlyList<(string, string)>?> OptionsAsync(
        FieldDefinition field, RecordRules rules, string? value, CancellationToken cancellationToken)
    {
        List<(string Value, string Label)>? options = field switch
        {
            { Name: StandardFields.LifecycleStage } => StagesOf(rules),
            { Name: StandardFields.Owner } => await OwnersAsync(rules, cancellationToken),
            { Type: FieldType.Boolean } => [("true", "Yes"), ("false", "No")],
            _ => null,
        };
        if (options is not null && value is not null && !options.Exists(option => option.Value == value))
        {
            options.Add((value, await SayAsync(rules, field.Name, value, cancellationToken) ?? value));
        }

        return options;
    }

    private static List<(string, string)> StagesOf(RecordRules rules)
    {
        var known = rules.Connection?.StageOptions.Where(option => option.Value.Length > 0)
            .Select(option => option.Value).ToList();
        return [.. (known is { Count: > 0 } ? (IEnumerable<string>)known : Stages)
            .Select(stage => (stage, StageWords.Label(stage, rules.Connection)))];
    }

    private async Task<List<(string, string)>> OwnersAsync(RecordRules rules, CancellationToken cancellationToken)
    {
        var connection = rules.Connection?.Id;
        var owners = await db.Owners.AsNoTracking()
            .Where(owner => owner.ConnectionId == connection && !owner.IsArchived)
            .ToListAsync(cancellationToken);
        return
        [
            .. owners.Select(owner => (owner.Id, CustomerNames.Of(owner.FirstName, owner.LastName, owner.Email, null)))
                .OrderBy(owner => owner.Item2, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string TypeOf(FieldType type) => type switch
    {
        FieldType.Email => "email",
        FieldType.Phone => "tel",
        FieldType.Date => "date",
        _ => "text",
    };
}
