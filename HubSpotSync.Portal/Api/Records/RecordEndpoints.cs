using HubSpotSync.Core.Records;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;

namespace HubSpotSync.Portal.Api.Records;

/// <summary>What can be done to single customers and companies alike.</summary>
internal static class RecordEndpoints
{
    /// <param name="name">As in an operation's id: <c>Customer</c>.</param>
    public static void MapRecords(this RouteGroupBuilder group, RecordKind kind, string name)
    {
        var what = name.ToLowerInvariant();
        group.MapPost("", (
                JsonBody<RecordInput> input, RecordService records, HttpContext http, CancellationToken cancelled) =>
                records.CreateAsync(kind, input.Value, http, cancelled))
            .As($"create{name}", ApiScopes.CrmWrite, $"Create a {what}")
            .Produces<RecordView>(StatusCodes.Status201Created)
            .MayBeRefused();
        group.MapGet("/{id:guid}", (
                Guid id, RecordService records, HttpContext http, CancellationToken cancelled) =>
                records.ReadAsync(kind, id, http, cancelled))
            .As($"get{name}", ApiScopes.CrmRead, $"Read a {what}")
            .Produces<RecordView>();
        group.MapPatch("/{id:guid}", (
                Guid id, JsonBody<RecordInput> input, RecordService records, HttpContext http,
                CancellationToken cancelled) =>
                records.UpdateAsync(kind, id, input.Value, http, cancelled))
            .As($"update{name}", ApiScopes.CrmWrite, $"Change fields of a {what}")
            .Produces<RecordView>()
            .MayBeRefused()
            .WithIfMatch();
        group.MapPost("/{id:guid}/archive", (
                Guid id, RecordService records, HttpContext http, CancellationToken cancelled) =>
                records.MoveAsync(kind, id, archive: true, http, cancelled))
            .As($"archive{name}", ApiScopes.CrmWrite, $"Archive a {what}")
            .Produces<RecordView>()
            .MayBeRefused();
        group.MapPost("/{id:guid}/restore", (
                Guid id, RecordService records, HttpContext http, CancellationToken cancelled) =>
                records.MoveAsync(kind, id, archive: false, http, cancelled))
            .As($"restore{name}", ApiScopes.CrmWrite, $"Restore a {what} that was archived")
            .Produces<RecordView>()
            .MayBeRefused();
        MapSorting(group, kind, name);
        MapMany(group, kind, name);
    }

    private static void MapSorting(RouteGroupBuilder group, RecordKind kind, string name)
    {
        var what = name.ToLowerInvariant();
        group.MapPost("/{id:guid}/tags", (
                Guid id, JsonBody<TagInput> input, RecordTagging tagging, HttpContext http,
                CancellationToken cancelled) =>
                tagging.PutOnAsync(kind, id, input.Value, http, cancelled))
            .As($"tag{name}", ApiScopes.CrmWrite, $"Put a tag on a {what}")
            .Produces<RecordView>()
            .MayBeRefused();
        group.MapDelete("/{id:guid}/tags/{tag:guid}", (
                Guid id, Guid tag, RecordTagging tagging, CancellationToken cancelled) =>
                tagging.TakeOffAsync(kind, id, tag, cancelled))
            .As($"untag{name}", ApiScopes.CrmWrite, $"Take a tag off a {what}")
            .Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/merge", (
                Guid id, JsonBody<MergeInput> input, RecordMerging merging, HttpContext http,
                CancellationToken cancelled) =>
                merging.MergeAsync(kind, id, input.Value, http, cancelled))
            .As($"merge{name}", ApiScopes.CrmWrite, $"Make another {what} a part of this one")
            .Produces<RecordView>()
            .MayBeRefused();
    }

    private static void MapMany(RouteGroupBuilder group, RecordKind kind, string name)
    {
        var many = RecordNames.ListOf(kind)[1..];
        group.MapPost("/bulk", (
                JsonBody<BulkInput> input, BulkDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.AskAsync(kind, input.Value, http, cancelled))
            .As($"start{name}Bulk", ApiScopes.CrmWrite, $"Tag, archive or restore many {many}")
            .Produces<BulkView>(StatusCodes.Status202Accepted)
            .MayBeRefused();
        group.MapGet("/bulk/{id:guid}", (Guid id, BulkDesk desk, CancellationToken cancelled) =>
                desk.ReadAsync(kind, id, cancelled))
            .As($"get{name}Bulk", ApiScopes.CrmRead, $"Read how work on many {many} gets on")
            .Produces<BulkView>();
    }
}
