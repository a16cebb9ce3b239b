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

    [FromQuery(Name = "status")]
    [Description("active (without it) or archived.")]
    public string? Status { get; init; }

    [FromQuery(Name = "sync")]
    [Description("How they stand with HubSpot: in-sync, on-its-way, needs-you, not-synced, detached or only-here.")]
    public string? Sync { get; init; }
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
        problem ??= asked switch
        {
            { Status: not (null or "active" or "archived") } =>
                ApiProblem.Unreadable("status", "This is neither active nor archived."),
            { Sync: { } sync } when SyncStandings.Parse(sync) is null =>
                ApiProblem.Unreadable("sync", $"This is none of {SyncStandings.Codes}."),
            { Source: { } source } when !CompanyQuery.Sources.Contains(source) =>
                ApiProblem.Unreadable("source", "This is none of local, hubspot and contact."),
            _ => null,
        };
        if (problem is not null)
        {
            return problem;
        }

        var query = new CompanyQuery(asked.Search?.Trim() is { Length: > 0 } wanted ? wanted : null)
        {
            Source = asked.Source,
            Owner = asked.Owner,
            IsArchived = asked.Status == "archived",
            Sync = SyncStandings.Parse(asked.Sync),
        };
        var rows = await CompanyList.Ordered(list.Matching(query), place!.After) // there without a problem
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        var views = await records.ViewsAsync(
            RecordKind.Company, [.. rows.Take(place.Limit)], cancellationToken);
        return TypedResults.Ok(PageOf<RecordView>.Of(
            rows, place, row => new ListCursor(row.SortName ?? "", row.Id, IsAfter: true), _ => views));
    }
}
