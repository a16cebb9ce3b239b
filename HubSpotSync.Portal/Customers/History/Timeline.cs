using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.History;

/// <summary>
/// Puts together what was noted in several places: edits and papers, what the sync wrote, how deals moved, notes.
/// </summary>
internal sealed class Timeline(CrmDbContext db, PeopleNames people, ValueDictionary dictionary)
{
    private const int PageSize = 30;
    private const string StageField = "stage_id";

    public async Task<TimelinePage> ReadAsync(
        CrmRecord record, FieldMap map, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var (id, isCustomer, until) = (record.Id, record is Customer, before ?? DateTimeOffset.MaxValue);
        var words = await dictionary.ReadAsync(cancellationToken);
        List<TimelineItem> items =
        [
            .. await ActivitiesAsync(id, isCustomer, Lines, until, cancellationToken),
            .. await ChangesAsync(id, Lines, until, cancellationToken),
            .. await DealsAsync(id, isCustomer, words, until, cancellationToken),
            .. await NotesAsync(id, isCustomer, until, cancellationToken),
        ];
        items.Sort((a, b) => b.At.CompareTo(a.At));
        var isLast = items.Count <= PageSize;
        if (!isLast)
        {
            // What happened at the same moment stays on one page.
            var edge = items[PageSize - 1].At;
            items = [.. items.TakeWhile(item => item.At >= edge)];
        }
        else if (!items.Exists(item => item.Title.StartsWith("Created", StringComparison.Ordinal)))
        {
            items.Add(new TimelineItem(
                record.CreatedAt, "plus", record.Source == "hubspot" ? "Came from HubSpot" : "Created here"));
        }

        var address = isCustomer ? $"/customers/{id}" : $"/companies/{id}";
        return new TimelinePage(address, items, before, isLast ? null : items[^1].At);

        IReadOnlyList<ChangeLine> Lines(string fields) => ChangeLine.Of(fields, map, words);
    }

    private async Task<IEnumerable<TimelineItem>> ActivitiesAsync(
        Guid id, bool isCustomer, Func<string, IReadOnlyList<ChangeLine>> linesOf, DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        var rows = await db.Activities.AsNoTracking()
            .Where(row => (isCustomer ? row.CustomerId == id : row.CompanyId == id) && row.At < until)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var names = await people.OfAsync(rows.Select(row => row.By), cancellationToken);
        var programs = await people.OfKeysAsync(
            rows.Select(row => row.Params.GetValueOrDefault(ActivityLog.Key)), cancellationToken);
        return rows.Select(row => new TimelineItem(
            row.At, RecordWords.Icon(row.Kind), RecordWords.Activity(row),
            NameOf(names, row.By) ?? programs.GetValueOrDefault(row.Params.GetValueOrDefault(ActivityLog.Key, "")))
        {
            Lines = row.Fields is null ? [] : linesOf(row.Fields),
            Href = row.InvoiceId is { } invoice ? $"/invoices/{invoice}"
                : row.ProposalId is { } proposal ? $"/invoices/proposals/{proposal}" : null,
        });
    }

    private async Task<IEnumerable<TimelineItem>> ChangesAsync(
        Guid id, Func<string, IReadOnlyList<ChangeLine>> linesOf, DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        var rows = await db.Changes.AsNoTracking()
            .Where(change => change.LocalId == id && change.At < until)
            .OrderByDescending(change => change.At).ThenByDescending(change => change.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        return rows.Select(change => new TimelineItem(
            change.At, "arrows-left-right", ChangeWords.Action(change), Detail: ChangeWords.Cause(change.Cause))
        {
            Lines = linesOf(change.Fields),
            RunHref = change.RunId is { } run ? RunAddress.Of(run) : null,
        });
    }

    private async Task<IEnumerable<TimelineItem>> DealsAsync(
        Guid id, bool isCustomer, ValueWords words, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var deals = await (isCustomer
                ? db.DealCustomers.Where(row => row.CustomerId == id).Select(row => row.Deal!) // its key says so
                : db.Deals.Where(deal => deal.CompanyId == id))
            .Select(deal => new { deal.Id, deal.Name, deal.PipelineId })
            .Take(200)
            .ToDictionaryAsync(deal => deal.Id, cancellationToken);
        if (deals.Count == 0)
        {
            return [];
        }

        var ids = deals.Keys.ToList();
        var rows = await db.Changes.AsNoTracking()
            .Where(change => change.Kind == RecordKind.Deal && change.LocalId != null
                && ids.Contains(change.LocalId.Value)
                && change.At < until && EF.Functions.JsonExists(change.Fields, StageField))
            .OrderByDescending(change => change.At).ThenByDescending(change => change.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        return rows.Select(change =>
        {
            var deal = deals[change.LocalId!.Value]; // asked for above
            return Moved(change, deal.Name, words with { Pipeline = deal.PipelineId });
        });
    }

    private static TimelineItem Moved(RecordChange change, string? deal, ValueWords words)
    {
        using var fields = JsonDocument.Parse(change.Fields);
        var values = fields.RootElement.GetProperty(StageField);
        var (from, to) = (Label(values[0]), Label(values[1]));
        return new TimelineItem(
            change.At, "briefcase", $"Deal {deal ?? "without a name"} {(from is null ? "began" : "moved")}")
        {
            Lines = [new ChangeLine("Stage", from, to)],
        };

        string? Label(JsonElement value) => words.Say(StandardFields.Deals, StageField, value.GetString());
    }

    private async Task<IEnumerable<TimelineItem>> NotesAsync(
        Guid id, bool isCustomer, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var rows = await db.Notes.AsNoTracking()
            .Where(note => (isCustomer ? note.CustomerId == id : note.CompanyId == id) && note.CreatedAt < until)
            .OrderByDescending(note => note.CreatedAt)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var names = await people.OfAsync(rows.Select(note => note.CreatedBy), cancellationToken);
        return rows.Select(note => new TimelineItem(note.CreatedAt, "note", "Note", NameOf(names, note.CreatedBy))
        {
            Note = note,
        });
    }

    private static string? NameOf(IReadOnlyDictionary<Guid, string> names, Guid? id) =>
        id is { } known ? names.GetValueOrDefault(known) : null;
}
