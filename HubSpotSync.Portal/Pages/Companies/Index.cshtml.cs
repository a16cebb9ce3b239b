using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Views;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Companies;

internal sealed class CompaniesModel(
    CompanyList companies, CustomerList customers, RecordFacts facts, WorkspaceShell shell, TagBook tags,
    ViewBook views) : PageModel
{
    public CompanyQuery Query { get; private set; } = new(Search: null);

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<CompanyRow> Rows { get; private set; } = [];

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public IReadOnlyDictionary<Guid, long> InHubSpot { get; private set; } = new Dictionary<Guid, long>();

    public IReadOnlyList<Owner> Owners { get; private set; } = [];

    /// <summary>What there is to choose from.</summary>
    public IReadOnlyList<Tag> Tags { get; private set; } = [];

    public ILookup<Guid, Tag> TagsOf { get; private set; } = Enumerable.Empty<Tag>().ToLookup(tag => tag.Id);

    public ListTools Tools { get; private set; } = null!; // set before the page is drawn

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
        Links = KeysetLinks.Of(
            page.Rows, Query.From, page.Total, (page.HasPrevious, page.HasNext), At, CompanyList.PageSize);
        Tags = await tags.AllAsync(cancellationToken);
        TagsOf = await tags.OfManyAsync(RecordKind.Company, [.. Rows.Select(row => row.Id)], cancellationToken);
        InHubSpot = await customers.ReadLinksAsync(
            Connection?.Id, RecordKind.Company, [.. Rows.Select(row => row.Id)], cancellationToken);
        Owners = await facts.OwnersAsync(Connection?.Id, cancellationToken);
        Tools = new ListTools(RecordKind.Company, Query.First().QueryString(), Links.Total, Query.IsArchived)
        {
            Tags = Tags,
            Owners = Owners,
            Views = await views.OfAsync(RecordKind.Company, User.UserId(), cancellationToken),
        };
    }

    private string At(CompanyRow row, bool isAfter, int from) => (Query with
    {
        Cursor = new ListCursor(row.SortName ?? "", row.Id, isAfter),
        From = from,
    }).Href();
}
