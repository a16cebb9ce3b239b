using System.ComponentModel;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Api.HubSpot;

internal sealed record DuplicatesQuery : PageQuery
{
    [FromQuery(Name = "answer")]
    [Description("open (without it), later or distinct.")]
    public string? Answer { get; init; }
}

/// <summary>Two customers who may be one person, and what they share: Email, Phone, Name or Person.</summary>
internal sealed record PairView(Guid FirstId, Guid SecondId, string Reason);

internal sealed record PairAnswer
{
    public required Guid FirstId { get; init; }
    public required Guid SecondId { get; init; }

    [Description("Distinct: two people, nobody is asked again; Later: put aside.")]
    public required DuplicateAnswer Answer { get; init; }
}

internal sealed record SearchedView(int Open, int Later, int Distinct, DateTimeOffset? SearchedAt);

/// <summary>Customers who may be one person.</summary>
internal static class DuplicateEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/duplicates", ListAsync)
            .As("listDuplicates", ApiScopes.CrmRead, "List pairs of customers who may be one person")
            .Produces<PageOf<PairView>>();
        group.MapPost("/duplicates", AnswerAsync)
            .As("answerDuplicate", ApiScopes.CrmWrite, "Say that two customers are two people, or put them aside")
            .Produces(StatusCodes.Status204NoContent)
            .MayBeRefused();
        group.MapPost("/duplicates/search", SearchAsync)
            .As("searchDuplicates", ApiScopes.CrmWrite, "Look for pairs anew")
            .Produces<SearchedView>()
            .MayBeRefused();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] DuplicatesQuery asked, DuplicateQueue queue, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read(asked.Answer ?? "open");
        problem ??= asked.Answer is null or "open" or "later" or "distinct"
            ? null
            : ApiProblem.Unreadable("answer", "This is none of open, later and distinct.");
        if (problem is not null)
        {
            return problem;
        }

        DuplicateAnswer? answer = asked.Answer switch
        {
            "later" => DuplicateAnswer.Later,
            "distinct" => DuplicateAnswer.Distinct,
            _ => null,
        };
        var after = place!.After is { Key: var key, Id: var high } && Guid.TryParse(key, out var low) // no problem
            ? (low, high)
            : (Guid.Empty, Guid.Empty);
        var rows = await queue.ReadAfterAsync(answer, after, place.Limit + 1, cancellationToken);
        return TypedResults.Ok(PageOf<PairView>.Of(
            rows, place, row => new ListCursor(row.LowId.ToString(), row.HighId, IsAfter: true),
            page => [.. page.Select(row => new PairView(row.LowId, row.HighId, row.Reason))]));
    }

    private static async Task<IResult> AnswerAsync(
        JsonBody<PairAnswer> input, DuplicateQueue queue, CancellationToken cancellationToken)
    {
        var (first, second) = (input.Value.FirstId, input.Value.SecondId);
        return first != second
            && await queue.AnswerAsync(first, second, input.Value.Answer, null, cancellationToken)
                ? TypedResults.NoContent()
                : ApiProblem.Invalid(new Dictionary<string, string>
                {
                    ["firstId"] = "There are no two such customers.",
                    ["secondId"] = "There are no two such customers.",
                });
    }

    private static async Task<IResult> SearchAsync(DuplicateQueue queue, CancellationToken cancellationToken)
    {
        await queue.SearchAsync(cancellationToken);
        var counts = await queue.CountAsync(cancellationToken);
        return TypedResults.Ok(new SearchedView(counts.Open, counts.Later, counts.Distinct, counts.SearchedAt));
    }
}
