using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>Takes one page of a file's rows.</summary>
internal sealed class ImportSteps(CrmDbContext db, ImportJudge judge, RecordWriter writer, TagBook tags)
{
    private const int PageSize = 100;

    public async Task<BulkStep> TakeAsync(BulkJob job, CancellationToken cancellationToken)
    {
        var import = await db.CsvImports.AsNoTracking().FirstAsync(row => row.Id == job.ImportId, cancellationToken);
        var place = int.TryParse(job.Place, out var last) ? last : 0;
        var rows = await db.CsvImportRows.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Line > place)
            .OrderBy(row => row.Line)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return new BulkStep(0, 0, [], null);
        }

        var done = new List<(int Line, RowOutcome Outcome, string? Say, Guid? RecordId)>();
        foreach (var verdict in await judge.JudgeAsync(import, rows, cancellationToken))
        {
            done.Add(await WriteAsync(import.Kind, verdict, cancellationToken));
            db.ChangeTracker.Clear();
        }

        await RememberAsync(import, done, cancellationToken);
        return new BulkStep(
            rows.Count,
            done.Count(row => row.Outcome is RowOutcome.Created or RowOutcome.Updated),
            [.. done.Where(row => row.Outcome == RowOutcome.Refused).Select(row => row.Outcome.ToString())],
            rows[^1].Line.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<(int Line, RowOutcome Outcome, string? Say, Guid? RecordId)> WriteAsync(
        RecordKind kind, RowVerdict verdict, CancellationToken cancellationToken)
    {
        var line = verdict.Row.Line;
        var answer = verdict switch
        {
            { Outcome: RowOutcome.Created } => await writer.CreateAsync(
                kind, Guid.NewGuid(), verdict.Values, cancellationToken),
            { Outcome: RowOutcome.Updated, RecordId: { } id } => await writer.UpdateAsync(
                kind, new RecordEdit(id, verdict.Values), cancellationToken),
            _ => null,
        };
        return answer switch
        {
            WriteAnswer.Saved saved => (line, verdict.Outcome, verdict.Say, saved.Id),
            WriteAnswer.Refused refused =>
                (line, RowOutcome.Refused, string.Join(' ', refused.Problems.Values), null),
            null => (line, verdict.Outcome, verdict.Say, verdict.RecordId),
            _ => (line, RowOutcome.Refused, "It was changed while the file was taken. Take the file again.", null),
        };
    }

    private async Task RememberAsync(
        CsvImport import, List<(int Line, RowOutcome Outcome, string? Say, Guid? RecordId)> done,
        CancellationToken cancellationToken)
    {
        int[] lines = [.. done.Select(row => row.Line)];
        string[] outcomes = [.. done.Select(row => row.Outcome.ToString())];
        string?[] says = [.. done.Select(row => row.Say)];
        Guid?[] customers = [.. done.Select(row => import.Kind == RecordKind.Contact ? row.RecordId : null)];
        await db.Database.ExecuteSqlAsync(
            $"""
            update csv_import_rows r set outcome = d.outcome, problem = d.say, customer_id = d.customer
              from unnest({lines}, {outcomes}, {says}, {customers}) as d (line, outcome, say, customer)
              where r.import_id = {import.Id} and r.line = d.line
            """,
            cancellationToken);
        if (import.TagId is null)
        {
            return;
        }

        var tag = await db.Tags.FirstOrDefaultAsync(row => row.Id == import.TagId, cancellationToken);
        if (tag is not null)
        {
            Guid[] records = [.. done.Select(row => row.RecordId).OfType<Guid>().Distinct()];
            await tags.SetAsync(import.Kind, records, new TagChange(tag, IsOn: true), cancellationToken);
        }
    }
}
