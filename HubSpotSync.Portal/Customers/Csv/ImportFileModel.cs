using System.Text;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Loops;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>A file on its way in: which column is what, what would happen, and what happened.</summary>
internal sealed class ImportFileModel(
    CrmDbContext db, RuleBook book, ImportJudge judge, RowMatchings matchings, TagBook tags,
    LoopSignal<BulkLoop> signal, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public ImportWords Words => ImportWords.Of(PageContext);

    public string Address => $"{Words.Address}/{Import.Id}";

    public RowMatching Matching => matchings.Of(Words.Kind);

    /// <summary>What a column may hold: fields, and what tells which record is meant.</summary>
    public IEnumerable<(string Name, string Label)> Targets => Rules.Map.Fields
        .Select(one => (one.Name, Rules.LabelOf(one.Name)))
        .Concat(Matching.Columns.Select(column => (column.Name, column.Label)));

    public CsvImport Import { get; private set; } = null!; // set by the handlers, or 404

    public RecordRules Rules { get; private set; } = null!; // likewise

    public BulkJob? Job { get; private set; }

    public string? TagName { get; private set; }

    public IReadOnlyList<RowVerdict> Preview { get; private set; } = [];

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public IReadOnlyDictionary<RowOutcome, int> Counts { get; private set; } = new Dictionary<RowOutcome, int>();

    public string Heading => Job switch
    {
        null => "Check before it is imported",
        { IsActive: true } => "Importing…",
        { State: BulkState.Failed } => "The import stopped before its end",
        _ => "Imported",
    };

    public string Word(RowOutcome outcome) => (outcome, Job) switch
    {
        (RowOutcome.Created, null) => "Create",
        (RowOutcome.Updated, null) => "Update",
        (RowOutcome.Unchanged, _) => "Unchanged",
        _ => outcome.ToString(),
    };

    public static (string Color, string Icon) Look(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Created => ("green", "plus"),
        RowOutcome.Updated => ("blue", "pencil"),
        RowOutcome.Refused => ("red", "alert-triangle"),
        _ => ("secondary", "check"),
    };

    public string NameOf(RowVerdict verdict) => Matching.TitleOf(Import.Mapping
        .Where(pair => pair.Key < verdict.Row.Cells.Length)
        .ToDictionary(pair => pair.Value, pair => verdict.Row.Cells[pair.Key]));

    public async Task<IActionResult> OnGetAsync(Guid id, int from, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (Job is null)
        {
            from = Math.Clamp(from, 0, Math.Max(0, Import.RowCount - 1));
            var rows = await db.CsvImportRows.AsNoTracking()
                .Where(row => row.ImportId == id && row.Line > from)
                .OrderBy(row => row.Line).Take(PageSize)
                .ToListAsync(cancellationToken);
            Preview = await judge.JudgeAsync(Import, rows, cancellationToken);
            Links = new KeysetLinks(
                from, rows.Count, Import.RowCount,
                from > 0 ? $"{Request.Path}?from={Math.Max(0, from - PageSize)}" : null,
                from + rows.Count < Import.RowCount ? $"{Request.Path}?from={from + rows.Count}" : null);
            TagName = (await db.Tags.FirstOrDefaultAsync(tag => tag.Id == Import.TagId, cancellationToken))?.Name;
        }
        else
        {
            Counts = await db.CsvImportRows.Where(row => row.ImportId == id && row.Outcome != null)
                .GroupBy(row => row.Outcome!.Value) // asked for just before
                .Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostMapAsync(
        Guid id, Dictionary<int, string?> fields, bool[] updates, string? tag, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (Job is null)
        {
            // One field is held by one column: of two, the first.
            var targets = Targets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal);
            Import.Mapping = fields
                .Where(field => targets.Contains(field.Value ?? "")
                    && field.Key >= 0 && field.Key < Import.Headers.Length)
                .OrderBy(field => field.Key).DistinctBy(field => field.Value)
                .ToDictionary(field => field.Key, field => field.Value!); // found above
            Import.Updates = updates.Contains(true);
            Import.TagId = (await tags.NamedAsync(tag, cancellationToken))?.Id;
            await db.SaveChangesAsync(cancellationToken);
            await Matching.KeyAsync(Import, cancellationToken);
        }

        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostStartAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        db.BulkJobs.Add(new BulkJob
        {
            Id = Guid.NewGuid(),
            WorkspaceId = db.WorkspaceId,
            Kind = BulkKind.Import,
            Choice = new BulkChoice(null, ""),
            ImportId = id,
            Total = Import.RowCount,
            RequestedBy = User.UserId(),
            RequestedAt = clock.GetUtcNow(),
            DueAt = clock.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.Violates(BulkJob.ImportIndex))
        {
            db.ChangeTracker.Clear(); // a file is taken once
        }

        signal.Ring();
        return Redirect(Address);
    }

    public async Task<IActionResult> OnGetRefusedAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var rows = await db.CsvImportRows.AsNoTracking()
            .Where(row => row.ImportId == id && row.Outcome == RowOutcome.Refused)
            .OrderBy(row => row.Line)
            .ToListAsync(cancellationToken);
        var lines = rows.Select(row => CsvText.Line([.. row.Cells, row.Problem]));
        var text = CsvText.Line([.. Import.Headers, "Why"]) + string.Concat(lines);
        return File(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv", "refused.csv");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var kind = Words.Kind;
        var import = await db.CsvImports.FirstOrDefaultAsync(
            row => row.Id == id && row.Kind == kind, cancellationToken);
        if (import is null)
        {
            return false;
        }

        Import = import;
        Rules = await book.ReadAsync(kind, cancellationToken);
        Job = await db.BulkJobs.AsNoTracking().FirstOrDefaultAsync(job => job.ImportId == id, cancellationToken);
        return true;
    }
}
