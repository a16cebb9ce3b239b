using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Api.Records;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Companies;

internal sealed record CompaniesQuery : PageQuery
{
    [FromQuery(Name = "q")]
    [Description("What its name or domain begins with.")]
    public string? Search { get; init; }

    [FromQuery(Name = "source")]
    [Description("Where they were first known: local, hubspot or contact (by the text in one).")]
    public string? Source { get; init; }

    [FromQuery(Name = "owner")]
    [Description("HubSpot's id of the owner, or none.")]
    public string? Owner { get; init; }

    [FromQuery(Name = "tag")]
    [Description("Id of a tag.")]
    public string? Tag { get; init; }

    [FromQuery(Name = "status")]
    [Description("active (without it) or archived.")]
    public string? Status { get; init; }

    [FromQuery(Name = "sync")]
    [Description("How they stand with HubSpot: in-sync, on-its-way, needs-you, not-synced, detached or only-here.")]
    public string? Sync { get; init; }

    internal RecordFilter Filter => new()
    {
        Search = Search,
        Tag = Tag,
        Source = Source,
        Owner = Owner,
        Status = Status,
        Sync = Sync,
    };
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
        [AsParameters] CompaniesQuery asked, CompanyList list, RecordService records,
        CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("name");
        problem ??= asked.Filter.Check(RecordKind.Company);
        if (problem is not null)
        {
            return problem;
        }

        var rows = await CompanyList
            .Ordered(list.Matching(asked.Filter.Companies()), place!.After) // there without a problem
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        var views = await records.ViewsAsync(
            RecordKind.Company, [.. rows.Take(place.Limit)], cancellationToken);
        return TypedResults.Ok(PageOf<RecordView>.Of(
            rows, place, row => new ListCursor(row.SortName ?? "", row.Id, IsAfter: true), _ => views));
    }
}
