using System.Globalization;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Runs;

/// <summary>Runs, and what one of them did, as files; row by row, whatever their length.</summary>
internal sealed class RunFile(RunList runs, RunJournal journal, ValueDictionary dictionary)
{
    public async Task WriteRunsAsync(RunQuery query, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(
        [
            "Run", "Trigger", "Asked by", "State", "Started", "Seconds", "Read", "New here", "Updated", "Linked",
            "Created in HubSpot", "Already the same", "Not synced", "Failed", "Requests", "Error",
        ]));
        await foreach (var (run, who) in runs.StreamAsync(query, cancellationToken))
        {
            await file.WriteAsync(CsvText.Line(
            [
                run.Id.ToString(), RunWords.Trigger(run.Trigger), RunWords.Who(run, who), RunWords.State(run.State),
                Time(run.StartedAt), Seconds(run), Number(run.Processed), Number(run.Created), Number(run.Updated),
                Number(run.Linked), Number(run.Pushed), Number(run.Unchanged), Number(run.Excluded),
                Number(run.Failed), Number(run.Requests), run.LastError,
            ]));
        }
    }

    /// <summary>A line for each field that was written.</summary>
    public async Task WriteChangesAsync(RunView view, Stream to, CancellationToken cancellationToken)
    {
        var words = await dictionary.ReadAsync(cancellationToken);
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(
        [
            "Kind", "Record", "Id here", "HubSpot id", "Side", "What", "Field", "Before", "After", "Rule", "At",
        ]));
        await foreach (var change in journal.StreamChangesAsync(view, cancellationToken))
        {
            IReadOnlyList<ChangeLine?> lines = change.Lines(view.Map(change.Kind), words);
            foreach (var line in lines.Count == 0 ? [null] : lines)
            {
                await file.WriteAsync(CsvText.Line(
                [
                    change.KindName, change.Name, change.LocalId?.ToString(),
                    change.HubSpotId?.ToString(CultureInfo.InvariantCulture), change.Side, change.Action, line?.Field,
                    line?.Before, line?.After, ChangeWords.Cause(change.Cause), Time(change.At),
                ]));
            }
        }
    }

    public async Task WriteFailuresAsync(RunView view, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(["Kind", "Record", "Id here", "HubSpot id", "Reason", "In words", "At"]));
        await foreach (var failure in journal.StreamFailuresAsync(view, cancellationToken))
        {
            await file.WriteAsync(CsvText.Line(
            [
                failure.KindName, failure.Name, failure.LocalId?.ToString(),
                failure.HubSpotId?.ToString(CultureInfo.InvariantCulture), ReasonWords.Short(failure.Reason),
                ReasonWords.Say(failure.Reason, failure.Detail, view.Connection), Time(failure.At),
            ]));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Seconds(SyncRun run) => run is { StartedAt: { } from, FinishedAt: { } to }
        ? (to - from).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)
        : null;

    private static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
