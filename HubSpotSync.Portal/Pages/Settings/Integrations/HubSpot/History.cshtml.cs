using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Runs;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Every run with what it did.</summary>
internal sealed class HistoryModel(RunList runs, RunFile file) : PageModel
{
    public RunQuery Query { get; private set; } = new();

    public IReadOnlyList<RunRow> Runs { get; private set; } = [];

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = RunQuery.Of(Request.Query);
        var page = await runs.ReadAsync(Query, cancellationToken);
        var total = await runs.CountAsync(Query, cancellationToken);
        Runs = page.Rows;
        var from = page.HasPrevious ? Math.Min(Query.From, Math.Max(0, total - Runs.Count)) : 0;
        Links = new KeysetLinks(
            from,
            Runs.Count,
            total,
            page.HasPrevious && Runs.Count > 0
                ? At(Runs[0], isAfter: false, Math.Max(0, from - RunList.PageSize))
                : null,
            page.HasNext ? At(Runs[^1], isAfter: true, from + Runs.Count) : null);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"runs.csv\"";
        await file.WriteRunsAsync(RunQuery.Of(Request.Query), Response.Body, cancellationToken);
        return new EmptyResult();
    }

    private string At(RunRow row, bool isAfter, int from) =>
        (Query with { Cursor = RunList.CursorOf(row.Run, isAfter), From = from }).Href();
}
