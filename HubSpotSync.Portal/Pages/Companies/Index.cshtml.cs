using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Companies;

internal sealed class CompaniesModel(
    CompanyList companies, CustomerList customers, RecordFacts facts, WorkspaceShell shell) : PageModel
{
    public CompanyQuery Query { get; private set; } = new(Search: null);

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<CompanyRow> Rows { get; private set; } = [];

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public IReadOnlyDictionary<Guid, long> InHubSpot { get; private set; } = new Dictionary<Guid, long>();

    public IReadOnlyList<Owner> Owners { get; private set; } = [];

    public EmptyState Empty => Query switch
    {
        { HasFilters: true } => new(
            "filter", "No company matches these filters", "Take one off to see more.",
            CompanyQuery.Path, "Show all companies"),
        { Search: not null } => new(
            "search", "No company begins so", "Search looks at the beginning of name and domain.",
            CompanyQuery.Path, "Show all companies"),
        _ => new("building", "No companies yet", "They come from HubSpot with the first sync."),
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = CompanyQuery.Of(Request.Query);
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var page = await companies.ReadAsync(Query, cancellationToken);
        Rows = page.Rows;
        Links = LinksOf(page);
        InHubSpot = await customers.ReadLinksAsync(
            Connection?.Id, RecordKind.Company, [.. Rows.Select(row => row.Id)], cancellationToken);
        Owners = await facts.OwnersAsync(Connection?.Id, cancellationToken);
    }

    private KeysetLinks LinksOf(CompanyPage page)
    {
        // Where rows came or went meanwhile the numbers are a little off; the rows themselves are not.
        var from = page.HasPrevious ? Math.Min(Query.From, Math.Max(0, page.Total - page.Rows.Count)) : 0;
        return new KeysetLinks(
            from,
            page.Rows.Count,
            page.Total,
            page is { HasPrevious: true, Rows: [var first, ..] }
                ? At(first, isAfter: false, Math.Max(0, from - CompanyList.PageSize))
                : null,
            page is { HasNext: true, Rows: [.., var last] } ? At(last, isAfter: true, from + page.Rows.Count) : null);
    }

    private string At(CompanyRow row, bool isAfter, int from) => (Query with
    {
        Cursor = new ListCursor(row.SortName ?? "", row.Id, isAfter),
        From = from,
    }).Href();
}
