using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Api.Records;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Customers;

internal sealed record CustomersQuery : PageQuery
{
    [FromQuery(Name = "q")]
    [Description("Part of a name, an e-mail, a company or a telephone number; at least two letters.")]
    public string? Search { get; init; }

    [FromQuery(Name = "stage")]
    [Description("A lifecycle stage by its internal name, or none.")]
    public string? Stage { get; init; }

    [FromQuery(Name = "tag")]
    [Description("Id of a tag.")]
    public string? Tag { get; init; }

    [FromQuery(Name = "source")]
    [Description("Where they were first known: local or hubspot.")]
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

    [FromQuery(Name = "sort")]
    [Description("name, newest (without it) or changed.")]
    public string? Sort { get; init; }
}

internal static class CustomerEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/customers", "Customers");
        group.MapGet("", ListAsync)
            .As("listCustomers", ApiScopes.CrmRead, "List customers")
            .Produces<PageOf<RecordView>>();
        group.MapRecords(RecordKind.Contact, "Customer");
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] CustomersQuery asked, CustomerList list, RecordService records,
        CancellationToken cancellationToken)
    {
        var sort = asked.Sort ?? "newest";
        var (place, problem) = asked.Read(sort);
        problem ??= asked switch
        {
            { Search: { } text } when text.Trim().Length < 2 => ApiProblem.Unreadable("q", "Give two letters or more."),
            _ when sort is not ("name" or "newest" or "changed") =>
                ApiProblem.Unreadable("sort", "This is none of name, newest and changed."),
            { Status: not (null or "active" or "archived") } =>
                ApiProblem.Unreadable("status", "This is neither active nor archived."),
            { Sync: { } sync } when SyncStandings.Parse(sync) is null =>
                ApiProblem.Unreadable("sync", $"This is none of {SyncStandings.Codes}."),
            { Source: not (null or "local" or "hubspot") } =>
                ApiProblem.Unreadable("source", "This is neither local nor hubspot."),
            { Tag: { } tag } when !Guid.TryParse(tag, out _) => ApiProblem.Unreadable("tag", "This is no id."),
            _ => null,
        };
        if (problem is not null)
        {
            return problem;
        }

        var query = new CustomerQuery(asked.Search?.Trim(), asked.Stage, Enum.Parse<CustomerSort>(sort, true))
        {
            Tag = asked.Tag is null ? null : Guid.Parse(asked.Tag), // checked above
            Source = asked.Source,
            Owner = asked.Owner,
            IsArchived = asked.Status == "archived",
            Sync = SyncStandings.Parse(asked.Sync),
        };
        var rows = await CustomerList.Ordered(list.Matching(query), query.Sort, place!.After, isBack: false) // likewise
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        var views = await records.ViewsAsync(
            RecordKind.Contact, [.. rows.Take(place.Limit)], cancellationToken);
        return TypedResults.Ok(PageOf<RecordView>.Of(rows, place, row => CursorOf(row, query.Sort), _ => views));
    }

    private static ListCursor CursorOf(Customer row, CustomerSort sort) => new(
        sort switch
        {
            CustomerSort.Newest => ListCursor.KeyOf(row.CreatedAt),
            CustomerSort.Changed => ListCursor.KeyOf(row.UpdatedAt),
            _ => row.SortName ?? "",
        },
        row.Id,
        IsAfter: true);
}
