using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>
/// The records that are in sync, that are left out, or that need somebody: each with both sides, the reason and what
/// would put it right. Everybody may look; members ask for another look.
/// </summary>
internal sealed class OutcomesModel(WorkspaceShell shell, OutcomeList outcomes, OutcomeFile file) : PageModel
{
    public OutcomeQuery Query { get; private set; } = new(OutcomeState.Excluded);

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<OutcomeCount> Counts { get; private set; } = [];

    public IReadOnlyList<OutcomeRow> Rows { get; private set; } = [];

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public bool MayRetry => User.IsAtLeast(WorkspaceRole.Member);

    /// <summary>What the records of this state ended with, for the filter.</summary>
    public IReadOnlyList<OutcomeReason> Reasons =>
    [
        .. Counts.Where(count => count.State == Query.State.ToString())
            .Select(count => Enum.Parse<OutcomeReason>(count.Reason)).Distinct().OrderBy(ReasonWords.Short),
    ];

    public string Heading => (Query.State, Links.Total) switch
    {
        (OutcomeState.Failing, var all) => $"{Numbers.Of(all, "record")} need{(all == 1 ? "s" : "")} you",
        (OutcomeState.Excluded, var all) => $"{Numbers.Of(all, "record")} not synced",
        var (_, all) => $"{Numbers.Of(all, "record")} in sync",
    };

    public EmptyState Empty => Query switch
    {
        { HasFilters: true } => new(
            "filter", "No record is like that", "Take a filter off to see more.",
            new OutcomeQuery(Query.State).Href(), "Show all"),
        { State: OutcomeState.Failing } => new("circle-check", "Nothing needs you",
            "Records that HubSpot refused, or that match several customers, are listed here with the reason."),
        { State: OutcomeState.Excluded } => new("filter", "Nothing is left out",
            "Records that your filter or their state keeps out are listed here with the reason."),
        _ => new("refresh", "Nothing is in sync yet", "Records come here with the first sync."),
    };

    public int Of(OutcomeState state) =>
        Counts.Where(count => count.State == state.ToString()).Sum(count => count.Records);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = OutcomeQuery.Of(Request.Query);
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        if (Connection is not { } connection)
        {
            return;
        }

        Counts = await outcomes.CountAsync(connection.Id, cancellationToken);
        var page = await outcomes.ReadAsync(connection.Id, Query, cancellationToken);
        Rows = page.Rows;
        Links = LinksOf(page, await TotalAsync(connection.Id, cancellationToken));
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        Query = OutcomeQuery.Of(Request.Query);
        if ((await shell.RequireAsync(cancellationToken)).Connection is not { } connection)
        {
            return Redirect(OutcomeQuery.Path);
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition =
            $"attachment; filename=\"{Query.State.ToString().ToLowerInvariant()}.csv\"";
        await file.WriteAsync(connection, Query, Response.Body, cancellationToken);
        return new EmptyResult();
    }

    /// <param name="scope"><c>all</c>: what the filters show; else those that are ticked.</param>
    public async Task<IActionResult> OnPostRetryAsync(
        string? scope, string[] marks, CancellationToken cancellationToken)
    {
        Query = OutcomeQuery.Of(Request.Query);
        if ((await shell.RequireAsync(cancellationToken)).Connection is not { } connection)
        {
            return Redirect(OutcomeQuery.Path);
        }

        var isAll = scope == "all";
        if (!isAll && marks.Length == 0)
        {
            TempData["Refused"] = "Tick the records that shall be looked at again, or choose all.";
            return Redirect(Query.Href());
        }

        var asked = await outcomes.AskAsync(
            connection.Id, Query, isAll ? null : marks, isAll ? null : User.UserId(), cancellationToken);
        TempData["Said"] = connection.State == ConnectionState.Connected
            ? $"{Numbers.Of(asked, "record")} {(asked == 1 ? "is" : "are")} looked at again now."
            : $"{Numbers.Of(asked, "record")} wait until HubSpot is connected again.";
        return Redirect(Query.Href());
    }

    private async Task<int> TotalAsync(Guid connectionId, CancellationToken cancellationToken) =>
        Query.Search is not null
            ? await outcomes.CountAsync(connectionId, Query, cancellationToken)
            : Counts.Where(count => count.State == Query.State.ToString()
                    && (Query.Kind is null || count.Kind == Query.Kind.ToString())
                    && (Query.Reason is null || count.Reason == Query.Reason.ToString())
                    && (Query.Detail is null || count.Detail == Query.Detail))
                .Sum(count => count.Records);

    private KeysetLinks LinksOf(OutcomePage page, int total)
    {
        var from = page.HasPrevious ? Math.Min(Query.From, Math.Max(0, total - page.Rows.Count)) : 0;
        return new KeysetLinks(
            from,
            page.Rows.Count,
            total,
            page is { HasPrevious: true, Rows: [var first, ..] }
                ? At(first, isAfter: false, Math.Max(0, from - OutcomeList.PageSize))
                : null,
            page is { HasNext: true, Rows: [.., var last] } ? At(last, isAfter: true, from + page.Rows.Count) : null);
    }

    private string At(OutcomeRow row, bool isAfter, int from) => (Query with
    {
        Cursor = new OutcomeCursor(row.KindName, row.Key, isAfter),
        From = from,
    }).Href();
}
