using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Api.Records;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Deals;

internal sealed record DealsQuery : PageQuery
{
    [FromQuery(Name = "pipeline")]
    [Description("HubSpot's id of the pipeline.")]
    public string? Pipeline { get; init; }

    [FromQuery(Name = "stage")]
    [Description("HubSpot's id of the stage.")]
    public string? Stage { get; init; }

    [FromQuery(Name = "customer")]
    [Description("Id of a customer who is named on the deal.")]
    public string? Customer { get; init; }

    [FromQuery(Name = "company")]
    [Description("Id of the deal's company.")]
    public string? Company { get; init; }

    [FromQuery(Name = "status")]
    [Description("active (without it) or archived.")]
    public string? Status { get; init; }
}

internal static class DealEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/deals", "Deals");
        group.MapGet("", ListAsync)
            .As("listDeals", ApiScopes.CrmRead, "List deals, the newest first")
            .Produces<PageOf<DealView>>();
        group.MapGet("/{id:guid}", ReadAsync)
            .As("getDeal", ApiScopes.CrmRead, "Read a deal")
            .Produces<DealView>();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] DealsQuery asked, CrmDbContext db, WorkspaceShell shell, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("newest");
        problem ??= asked switch
        {
            { Customer: { } customer } when !Guid.TryParse(customer, out _) =>
                ApiProblem.Unreadable("customer", "This is no id."),
            { Company: { } company } when !Guid.TryParse(company, out _) =>
                ApiProblem.Unreadable("company", "This is no id."),
            { Status: not (null or "active" or "archived") } =>
                ApiProblem.Unreadable("status", "This is neither active nor archived."),
            _ => null,
        };
        if (problem is not null)
        {
            return problem;
        }

        var deals = Matching(db, asked);
        if (place!.After is { Moment: var at, Id: var id }) // there without a problem
        {
            deals = deals.Where(row => row.CreatedAt <= at && (row.CreatedAt < at || row.Id.CompareTo(id) > 0));
        }

        var rows = await deals.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id)
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        var views = await ViewsAsync(db, shell, [.. rows.Take(place.Limit)], cancellationToken);
        return TypedResults.Ok(PageOf<DealView>.Of(
            rows, place, row => new ListCursor(ListCursor.KeyOf(row.CreatedAt), row.Id, IsAfter: true), _ => views));
    }

    private static async Task<IResult> ReadAsync(
        Guid id, CrmDbContext db, WorkspaceShell shell, CancellationToken cancellationToken)
    {
        var deal = await db.Deals.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return deal is null
            ? ApiProblem.NotFound()
            : TypedResults.Ok((await ViewsAsync(db, shell, [deal], cancellationToken))[0]);
    }

    private static IQueryable<Deal> Matching(CrmDbContext db, DealsQuery asked)
    {
        var deals = asked.Status == "archived"
            ? db.Deals.AsNoTracking().Where(row => row.ArchivedAt != null)
            : db.Deals.AsNoTracking().Where(row => row.ArchivedAt == null);
        deals = asked.Pipeline is { } pipeline ? deals.Where(row => row.PipelineId == pipeline) : deals;
        deals = asked.Stage is { } stage ? deals.Where(row => row.StageId == stage) : deals;
        if (Guid.TryParse(asked.Company, out var company))
        {
            deals = deals.Where(row => row.CompanyId == company);
        }

        return Guid.TryParse(asked.Customer, out var customer)
            ? deals.Where(row => db.DealCustomers.Any(one => one.DealId == row.Id && one.CustomerId == customer))
            : deals;
    }

    private static async Task<IReadOnlyList<DealView>> ViewsAsync(
        CrmDbContext db, WorkspaceShell shell, IReadOnlyList<Deal> deals, CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var ids = deals.Select(deal => deal.Id).ToList();
        var stages = await db.Stages.AsNoTracking().ToListAsync(cancellationToken);
        var customers = (await db.DealCustomers.AsNoTracking().Where(row => ids.Contains(row.DealId))
            .ToListAsync(cancellationToken)).ToLookup(row => row.DealId, row => row.CustomerId);
        var connectionId = connection?.Id;
        var links = await db.Links
            .Where(link => link.ConnectionId == connectionId && link.Kind == RecordKind.Deal
                && link.DetachedAt == null && ids.Contains(link.LocalId))
            .ToDictionaryAsync(link => link.LocalId, link => link.HubspotId, cancellationToken);
        return
        [
            .. deals.Select(deal => DealView.Of(
                deal,
                stages.Find(stage => stage.Id == deal.StageId && stage.PipelineId == deal.PipelineId),
                customers[deal.Id],
                HubSpotRecord.Of(
                    connection, RecordKind.Deal, links.TryGetValue(deal.Id, out var id) ? id : null))),
        ];
    }
}
