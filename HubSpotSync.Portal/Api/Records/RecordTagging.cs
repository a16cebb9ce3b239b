using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Tags;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Records;

internal sealed record TagInput
{
    [Description("At most 50 letters; a tag of this name is made where there is none, in any letter case.")]
    public required string Name { get; init; }
}

/// <summary>Puts tags on customers and companies, and takes them off.</summary>
internal sealed class RecordTagging(CrmDbContext db, TagBook book, RecordService records)
{
    public async Task<IResult> PutOnAsync(
        RecordKind kind, Guid id, TagInput input, HttpContext http, CancellationToken cancellationToken)
    {
        if (!await book.HasAsync(kind, id, cancellationToken))
        {
            return ApiProblem.NotFound();
        }

        if (await book.NamedAsync(input.Name, cancellationToken) is not { } tag)
        {
            return ApiProblem.Invalid("name", "A tag has at least one letter and at most 50.");
        }

        await book.SetAsync(kind, [id], new TagChange(tag, IsOn: true), cancellationToken);
        return await records.ReadAsync(kind, id, http, cancellationToken);
    }

    /// <summary>One that is not on it is off already.</summary>
    public async Task<IResult> TakeOffAsync(RecordKind kind, Guid id, Guid tagId, CancellationToken cancellationToken)
    {
        if (!await book.HasAsync(kind, id, cancellationToken))
        {
            return ApiProblem.NotFound();
        }

        if (await db.Tags.AsNoTracking().FirstOrDefaultAsync(row => row.Id == tagId, cancellationToken) is { } tag)
        {
            await book.SetAsync(kind, [id], new TagChange(tag, IsOn: false), cancellationToken);
        }

        return TypedResults.NoContent();
    }
}

/// <summary>The words that there are.</summary>
internal static class TagEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapApiGroup("/api/tags", "Tags").MapGet("", ListAsync)
            .As("listTags", ApiScopes.CrmRead, "List tags by name")
            .Produces<PageOf<TagView>>();

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery asked, CrmDbContext db, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("name");
        if (problem is not null)
        {
            return problem;
        }

        var tags = db.Tags.AsNoTracking();
        if (place!.After is { Key: var name, Id: var id }) // there without a problem
        {
            tags = tags.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(name, id)));
        }

        var rows = await tags.OrderBy(row => row.Name).ThenBy(row => row.Id)
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(PageOf<TagView>.Of(
            rows, place, row => new ListCursor(row.Name, row.Id, IsAfter: true),
            page => [.. page.Select(row => new TagView(row.Id, row.Name))]));
    }
}
