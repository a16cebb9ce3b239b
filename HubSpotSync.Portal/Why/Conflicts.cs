using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Why;

/// <summary>A field that both sides edited and that waits for a person.</summary>
internal sealed record OpenConflict(string Field, string Label, string? Here, string? There, DateTimeOffset Since);

/// <summary>A field that both sides edited, and what became of it. The value that lost is kept.</summary>
/// <param name="CanUse">The other value is neither there already nor locked.</param>
internal sealed record PastConflict(FieldConflictEntry Entry, string Label, bool CanUse)
{
    public bool LocalWon => Entry.Winner == nameof(ConflictWinner.Local);

    public string? Won => LocalWon ? Entry.LocalValue : Entry.HubspotValue;

    public string? Lost => LocalWon ? Entry.HubspotValue : Entry.LocalValue;

    public string Rule =>
        Enum.TryParse<ConflictRule>(Entry.Rule, out var rule) ? FieldWords.Conflict(rule) : Entry.Rule;
}

/// <summary>What both sides edited, and a person's word about it.</summary>
internal sealed class Conflicts(CrmDbContext db, RuleBook book, RecordWriter writer, ConflictDecisions decisions)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<OpenConflict>> OpenAsync(Standing standing, CancellationToken cancellationToken)
    {
        if (standing.Local is not { Id: var id })
        {
            return [];
        }

        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select field, local_value, hubspot_value, since from open_conflicts
              where connection_id = {standing.Connection.Id} and kind = {standing.Kind.ToString()} and local_id = {id}
              order by field
            """).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new OpenConflict(
            row.Field, FieldFacts.LabelOf(standing.Map, row.Field), row.Here, row.There, row.Since));
    }

    public async Task<IReadOnlyList<PastConflict>> PastAsync(Standing standing, CancellationToken cancellationToken)
    {
        if (standing.Local is not { Id: var id })
        {
            return [];
        }

        var rules = await book.ReadAsync(standing.Kind, cancellationToken);
        var rows = await db.Conflicts.AsNoTracking()
            .Where(entry => entry.LocalId == id && entry.Kind == standing.Kind)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(entry => PastOf(entry, standing, rules));
    }

    /// <returns>What stands against it; <c>null</c>: it is done.</returns>
    public async Task<string?> UseOtherAsync(Standing standing, long entryId, CancellationToken cancellationToken)
    {
        var past = (await PastAsync(standing, cancellationToken)).FirstOrDefault(one => one.Entry.Id == entryId);
        if (past is not { CanUse: true })
        {
            return "That value is here already, or the field can't be edited here any more.";
        }

        var edit = new RecordEdit(
            past.Entry.LocalId, new Dictionary<string, string?> { [past.Entry.Field] = past.Lost });
        return await writer.UpdateAsync(standing.Kind, edit, cancellationToken) is WriteAnswer.Refused refused
            ? string.Join(' ', refused.Problems.Values)
            : null;
    }

    public Task<bool> DecideAsync(
        Standing standing, string field, bool takesLocal, Guid? decidedBy, CancellationToken cancellationToken) =>
        decisions.DecideAsync(
            new ConflictChoice(
                standing.Connection.Id, standing.Kind, standing.Local?.Id ?? Guid.Empty, field),
            takesLocal ? ConflictWinner.Local : ConflictWinner.HubSpot,
            decidedBy,
            cancellationToken);

    private static PastConflict PastOf(FieldConflictEntry entry, Standing standing, RecordRules rules)
    {
        var past = new PastConflict(entry, FieldFacts.LabelOf(standing.Map, entry.Field), CanUse: false);
        var field = rules.Find(entry.Field);
        return past with
        {
            CanUse = standing.Kind == RecordKind.Contact && standing.Local is { IsArchived: false } local
                && field is not null && !rules.Locks(field, standing.Link is not null)
                && !FieldValue.Same(
                    field.Type, FieldValue.Normalize(field.Type, local.Text(entry.Field)), past.Lost),
        };
    }

    private sealed record Row(
        [property: Column("field")] string Field,
        [property: Column("local_value")] string? Here,
        [property: Column("hubspot_value")] string? There,
        [property: Column("since")] DateTimeOffset Since);
}
