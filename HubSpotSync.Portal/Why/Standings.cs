using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Portal.Review;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Why;

/// <summary>Reads how single records stand with HubSpot.</summary>
internal sealed class Standings(CrmDbContext db, ReviewList review)
{
    /// <returns><c>null</c>: nothing is known of such a record.</returns>
    public async Task<Standing?> FindAsync(
        HubSpotConnection connection, RecordAddress address, CancellationToken cancellationToken)
    {
        var (kind, key) = (address.Kind, address.Key);
        var link = await db.Links.AsNoTracking().FirstOrDefaultAsync(
            link => link.ConnectionId == connection.Id && link.Kind == kind
                && (key.HubSpotId != null ? link.HubspotId == key.HubSpotId : link.LocalId == key.LocalId),
            cancellationToken);
        var hubSpotId = key.HubSpotId ?? link?.HubspotId;
        var outcome = await OutcomeAsync(
            connection.Id, kind, hubSpotId, link?.LocalId ?? key.LocalId, cancellationToken);
        var candidate = hubSpotId is { } waiting && kind == RecordKind.Contact
            ? await review.FindAsync(connection.Id, waiting, cancellationToken)
            : null;
        var localId = link?.LocalId ?? key.LocalId ?? outcome?.LocalId ?? candidate?.Match?.Id;
        var local = await LocalAsync(kind, localId, cancellationToken);
        return local is null && link is null && outcome is null && candidate is null
            ? null
            : new Standing(connection, kind, hubSpotId ?? outcome?.HubspotId, local)
            {
                Link = link,
                Ancestor = await AncestorAsync(link, cancellationToken),
                Outcome = outcome,
                Candidate = candidate,
                Decision = await DecisionAsync(connection.Id, hubSpotId, cancellationToken),
                InLists = await ListsAsync(connection.Id, hubSpotId, cancellationToken),
                IsWaiting = await WaitsAsync(connection.Id, kind, hubSpotId, local?.Id, cancellationToken),
            };
    }

    private async Task<LocalSide?> LocalAsync(RecordKind kind, Guid? id, CancellationToken cancellationToken)
    {
        if (id is not { } wanted)
        {
            return null;
        }

        FormattableString sql = kind switch
        {
            RecordKind.Contact =>
                $"select (to_jsonb(t) || t.custom)::text as \"Value\" from customers t where id = {wanted}",
            RecordKind.Company =>
                $"select (to_jsonb(t) || t.custom)::text as \"Value\" from companies t where id = {wanted}",
            _ => $"select (to_jsonb(t) || t.custom)::text as \"Value\" from deals t where id = {wanted}",
        };
        var rows = await db.Database.SqlQuery<string>(sql).ToListAsync(cancellationToken);
        return rows is [var row] ? new LocalSide(kind, wanted, JsonSerializer.Deserialize<JsonElement>(row)) : null;
    }

    /// <summary>By its own key, or, where HubSpot's contact would be this customer, by the customer.</summary>
    private async Task<RecordOutcome?> OutcomeAsync(
        Guid connectionId, RecordKind kind, long? hubSpotId, Guid? localId, CancellationToken cancellationToken)
    {
        var outcomes = db.Outcomes.AsNoTracking()
            .Where(outcome => outcome.ConnectionId == connectionId && outcome.Kind == kind);
        var key = $"h{hubSpotId}";
        var own = hubSpotId is null
            ? null
            : await outcomes.FirstOrDefaultAsync(outcome => outcome.RecordKey == key, cancellationToken);
        return own ?? (localId is null ? null : await outcomes.Where(outcome => outcome.LocalId == localId)
            .OrderByDescending(outcome => outcome.At)
            .FirstOrDefaultAsync(cancellationToken));
    }

    private async Task<IReadOnlyDictionary<string, string?>> AncestorAsync(
        RecordLink? link, CancellationToken cancellationToken)
    {
        if (link is null)
        {
            return new Dictionary<string, string?>();
        }

        var (connection, kind, id) = (link.ConnectionId, link.Kind.ToString(), link.HubspotId);
        var rows = await db.Database.SqlQuery<string>(
            $"""
            select ancestor::text as "Value" from record_links
              where connection_id = {connection} and kind = {kind} and hubspot_id = {id}
            """).ToListAsync(cancellationToken);
        return rows is [var row] ? JsonSerializer.Deserialize<Dictionary<string, string?>>(row) ?? [] : [];
    }

    private async Task<ReviewDecision?> DecisionAsync(
        Guid connectionId, long? hubSpotId, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Answer>(
            $"""
            select answer, local_id from import_decisions
              where connection_id = {connectionId} and hubspot_id = {hubSpotId}
            """).ToListAsync(cancellationToken);
        return rows is [var row] && Enum.TryParse<ReviewAnswer>(row.Said, out var answer)
            ? new ReviewDecision(answer, row.LocalId)
            : null;
    }

    private Task<List<long>> ListsAsync(Guid connectionId, long? hubSpotId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>(
            $"""
            select list_id as "Value" from list_members
              where connection_id = {connectionId} and hubspot_id = {hubSpotId}
            """).ToListAsync(cancellationToken);

    private async Task<bool> WaitsAsync(
        Guid connectionId, RecordKind kind, long? hubSpotId, Guid? localId, CancellationToken cancellationToken)
    {
        string[] keys = [$"h{hubSpotId}", $"l{localId}"];
        var rows = await db.Database.SqlQuery<int>(
            $"""
            select 1 as "Value" from sync_requests where connection_id = {connectionId} and kind = {kind.ToString()}
              and record_key = any({keys}) and parked_at is null limit 1
            """).ToListAsync(cancellationToken);
        return rows.Count > 0;
    }

    private sealed record Answer(
        [property: Column("answer")] string Said, [property: Column("local_id")] Guid? LocalId);
}
