using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Api.Records;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Companies;

internal sealed record CompaniesQuery : PageQuery
{
    [FromQuery(Name = "q")]
    [Description("What its name or domain begins with.")]
    public string? Search { get; init; }

    [FromQuery(Name = "status")]
    [Description("active (without it) or archived.")]
    public string? Status { get; init; }
}

internal static class CompanyEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/companies", "Companies");
        group.MapGet("", ListAsync)
            .As("listCompanies", ApiScopes.CrmRead, "List companies by name")
            .Produces<PageOf<RecordView>>();
        group.MapRecords(RecordKind.Company, "Company");
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] CompaniesQuery asked, CrmDbContext db, RecordService records,
        CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("name");
        problem ??= asked.Status is null or "active" or "archived"
            ? null
            : ApiProblem.Unreadable("status", "This is neither active nor archived.");
        if (problem is not null)
        {
            return problem;
        }

        var rows = await From(Matching(db, asked), place!.After) // there without a problem
            .OrderBy(row => row.SortName).ThenBy(row => row.Id)
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        var views = await records.ViewsAsync(
            RecordKind.Company, [.. rows.Take(place.Limit)], cancellationToken);
        return TypedResults.Ok(PageOf<RecordView>.Of(
            rows, place, row => new ListCursor(row.SortName ?? "", row.Id, IsAfter: true), _ => views));
    }

    private static IQueryable<Company> Matching(CrmDbContext db, CompaniesQuery asked)
    {
        var companies = asked.Status == "archived"
            ? db.Companies.AsNoTracking().Where(row => row.ArchivedAt != null)
            : db.Companies.AsNoTracking().Where(row => row.ArchivedAt == null);
        if (asked.Search?.Trim() is { Length: > 0 } search)
        {
            var begins = search.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
            companies = companies.Where(row =>
                EF.Functions.ILike(row.Name!, begins, @"\") // null is no match
                || EF.Functions.ILike(row.Domain!, begins, @"\")); // likewise
        }

        return companies;
    }

    private static IQueryable<Company> From(IQueryable<Company> companies, ListCursor? after) =>
        after is { Key: var name, Id: var id }
            ? companies.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.SortName, row.Id), ValueTuple.Create(name, id)))
            : companies;
}
