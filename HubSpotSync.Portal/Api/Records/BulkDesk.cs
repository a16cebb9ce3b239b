using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers.Bulk;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Records;

internal enum BulkAction
{
    Tag,
    Untag,
    Archive,
    Restore,
}

/// <summary>What becomes of many records. Name them, or say what they have in common.</summary>
internal sealed record BulkInput
{
    public required BulkAction Action { get; init; }

    [Description("Ids of those it is done with; or else give a filter.")]
    public IReadOnlyList<Guid>? Ids { get; init; }

    [Description("All that the list finds by this; an empty one means all that are active.")]
    public RecordFilter? Filter { get; init; }

    [Description("Name of the tag, to put it on or take it off.")]
    public string? Tag { get; init; }
}

/// <summary>How work on many records gets on.</summary>
internal sealed record BulkView
{
    public required Guid Id { get; init; }
    public required BulkKind Action { get; init; }
    public required BulkState State { get; init; }
    public required int Total { get; init; }

    [Description("How many were looked at.")]
    public required int Processed { get; init; }

    [Description("How many of those are otherwise now.")]
    public required int Changed { get; init; }

    [Description("Why others were left as they are, in words, and how many.")]
    public required IReadOnlyDictionary<string, int> Skipped { get; init; }

    [Description("What hindered it, where it did not get to its end.")]
    public string? Error { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    public static BulkView Of(BulkJob job) => new()
    {
        Id = job.Id,
        Action = job.Kind,
        State = job.State,
        Total = job.Total,
        Processed = job.Processed,
        Changed = job.Changed,
        Skipped = job.Skipped,
        Error = job.LastError,
        RequestedAt = job.RequestedAt,
        FinishedAt = job.FinishedAt,
    };
}

/// <summary>Work on many customers or companies as a program asks for it.</summary>
internal sealed class BulkDesk(CrmDbContext db, BulkRequests requests, TimeProvider clock)
{
    public async Task<IResult> AskAsync(
        RecordKind kind, BulkInput input, HttpContext http, CancellationToken cancellationToken)
    {
        IResult? problem = input switch
        {
            { Ids: null, Filter: null } => ApiProblem.Invalid("ids", "Give ids, or a filter."),
            { Ids: not null, Filter: not null } => ApiProblem.Invalid("filter", "Give ids or a filter, not both."),
            { Ids.Count: 0 } => ApiProblem.Invalid("ids", "Nothing is named."),
            { Tag: null, Action: BulkAction.Tag or BulkAction.Untag } => ApiProblem.Invalid("tag", "Name the tag."),
            _ => input.Filter?.Check(kind, "filter."),
        };
        if (problem is not null)
        {
            return problem;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var wish = new BulkWish(
            id, Enum.Parse<BulkKind>(input.Action.ToString()), input.Ids is { } ids ? [.. ids.Distinct()] : null,
            input.Filter?.QueryString(kind) ?? "", input.Tag) { Of = kind };
        if (await requests.AskAsync(wish, cancellationToken) is { } refusal)
        {
            return ApiProblem.Invalid("tag", refusal);
        }

        http.Response.Headers.Location = $"{RecordService.PathOf(kind)}/bulk/{id}";
        var job = (await FindAsync(kind, id, cancellationToken))!; // just saved
        return TypedResults.Accepted((string?)null, BulkView.Of(job));
    }

    public async Task<IResult> ReadAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        await FindAsync(kind, id, cancellationToken) is { } job
            ? TypedResults.Ok(BulkView.Of(job))
            : ApiProblem.NotFound();

    private Task<BulkJob?> FindAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        db.BulkJobs.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == id && row.RecordKind == kind && row.Kind != BulkKind.Import, cancellationToken);
}
