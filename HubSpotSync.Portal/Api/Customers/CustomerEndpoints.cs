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

    internal RecordFilter Filter => new()
    {
        Search = Search,
        Stage = Stage,
        Tag = Tag,
        Source = Source,
        Owner = Owner,
        Status = Status,
        Sync = Sync,
    };
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
        problem ??= sort is "name" or "newest" or "changed"
            ? asked.Filter.Check(RecordKind.Contact)
            : ApiProblem.Unreadable("sort", "This is none of name, newest and changed.");
        if (problem is not null)
        {
            return problem;
        }

        var query = asked.Filter.Customers(Enum.Parse<CustomerSort>(sort, true));
        var matching = await list.MatchingAsync(query, cancellationToken);
        var rows = await CustomerList
            .Ordered(matching, query.Sort, place!.After, isBack: false) // there without a problem
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
