using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Views;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Customers;

internal sealed class CustomersModel(
    CustomerList customers, RecordFacts facts, WorkspaceShell shell, TagBook tags, ViewBook views) : PageModel
{
    public CustomerQuery Query { get; private set; } = CustomerQuery.Parse(null);

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<StageCount> Stages { get; private set; } = [];

    public int AllStages => Stages.Sum(stage => stage.Customers);

    public KeysetLinks Links { get; private set; } = new(0, 0, 0, null, null);

    public IReadOnlyList<CustomerRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, long> InHubSpot { get; private set; } = new Dictionary<Guid, long>();

    public IReadOnlyList<Tag> Tags { get; private set; } = [];

    public IReadOnlyList<Owner> Owners { get; private set; } = [];

    public ListTools Tools { get; private set; } = null!; // set before the page is drawn

    public EmptyState Empty => (Query, Connection) switch
    {
        ({ HasFilters: true }, _) => new(
            "filter", "Nobody matches these filters", "Take one off to see more.", "/customers", "Show all customers"),
        ({ Search: { } search }, _) => new("search", $"Nobody matches “{search}”",
            "Search looks at name, e-mail, company and phone.",
            Query.Stage is null ? "/customers" : (Query.First() with { Stage = null }).Href(),
            Query.Stage is null ? "Show all customers" : "Search in all stages"),
        ({ Stage: not null }, _) => new(
            "users", "Nobody in this stage", "Customers appear here when HubSpot moves them to it.",
            "/customers", "Show all customers"),
        (_, null) when User.IsAtLeast(Data.Identity.WorkspaceRole.Admin) => new(
            "users", "No customers yet", "Connect HubSpot and your contacts become customers here.",
            "/settings/integrations/hubspot/connect", "Connect HubSpot"),
        _ => new("users", "No customers yet", "They appear here as they come from HubSpot, or as you add them."),
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = CustomerQuery.Of(Request.Query);
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Stages =
        [
            .. (await customers.CountByStageAsync(Query, cancellationToken))
                .OrderBy(count => count.Stage is null).ThenByDescending(count => count.Customers),
        ];
        var page = await customers.ReadAsync(Query, cancellationToken);
        Rows = page.Rows;
        Links = LinksOf(page);
        InHubSpot = await customers.ReadLinksAsync(
            Connection?.Id, RecordKind.Contact, [.. Rows.Select(row => row.Id)], cancellationToken);
        Tags = await tags.AllAsync(cancellationToken);
        Owners = await facts.OwnersAsync(Connection?.Id, cancellationToken);
        Tools = new ListTools(RecordKind.Contact, Query.First().QueryString(), Links.Total, Query.IsArchived)
        {
            Tags = Tags,
            Owners = Owners,
            Views = await views.OfAsync(RecordKind.Contact, User.UserId(), cancellationToken),
        };
    }

    private KeysetLinks LinksOf(CustomerPage page)
    {
        var total = Query.Stage is null
            ? AllStages
            : Stages.FirstOrDefault(count => (count.Stage ?? CustomerQuery.NoStage) == Query.Stage)?.Customers ?? 0;
        return KeysetLinks.Of(
            page.Rows, Query.From, total, (page.HasPrevious, page.HasNext), At, CustomerList.PageSize);
    }

    private string At(CustomerRow row, bool isAfter, int from) => (Query with
    {
        Cursor = new ListCursor(row.KeyIn(Query.Sort), row.Id, isAfter),
        From = from,
    }).Href();
}
