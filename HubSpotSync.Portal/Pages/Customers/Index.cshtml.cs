using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Customers;

internal sealed class CustomersModel(CustomerList customers, WorkspaceShell shell) : PageModel
{
    public CustomerQuery Query { get; private set; } = CustomerQuery.Of(null, null, null, 1);

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<StageCount> Stages { get; private set; } = [];

    public int AllStages => Stages.Sum(stage => stage.Customers);

    public Paging Paging { get; private set; } = new(1, CustomerList.PageSize, 0);

    public IReadOnlyList<CustomerRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, long> Links { get; private set; } = new Dictionary<Guid, long>();

    public EmptyState Empty => (Query.Search, Query.Stage, Connection) switch
    {
        ({ } search, _, _) => new("search", $"Nobody matches “{search}”",
            "Search looks at name, e-mail, company and phone.",
            Query.Stage is null ? "/customers" : Query.Href(anyStage: true),
            Query.Stage is null ? "Show all customers" : "Search in all stages"),
        (_, not null, _) => new(
            "users", "Nobody in this stage", "Customers appear here when HubSpot moves them to it.",
            "/customers", "Show all customers"),
        (_, _, null) when User.IsAtLeast(Data.Identity.WorkspaceRole.Admin) => new(
            "users", "No customers yet", "Connect HubSpot and your contacts become customers here.",
            "/settings/integrations/hubspot/connect", "Connect HubSpot"),
        _ => new("users", "No customers yet", "They appear here as they come from HubSpot."),
    };

    public async Task OnGetAsync(
        string? q,
        string? stage,
        string? sort,
        [FromQuery(Name = "page")] int pageNumber,
        CancellationToken cancellationToken)
    {
        Query = CustomerQuery.Of(q, stage, sort, pageNumber);
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Stages =
        [
            .. (await customers.CountByStageAsync(Query.Search, cancellationToken))
                .OrderBy(count => count.Stage is null).ThenByDescending(count => count.Customers),
        ];
        var total = Query.Stage is null
            ? AllStages
            : Stages.FirstOrDefault(count => (count.Stage ?? CustomerQuery.NoStage) == Query.Stage)?.Customers ?? 0;
        Paging = new Paging(Query.Page, CustomerList.PageSize, total);
        Rows = await customers.ReadAsync(Query, Paging, cancellationToken);
        Links = await customers.ReadLinksAsync(
            Connection?.Id, RecordKind.Contact, [.. Rows.Select(row => row.Id)], cancellationToken);
    }
}
