using System.Globalization;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Connections;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Syncing;

/// <summary>Holds a page against <see cref="SafetyGate"/> before anything of it is written.</summary>
internal sealed class SafetyGuard(CrmDbContext db, TimeProvider clock)
{
    /// <param name="isSweep">
    /// The page is a stretch of all records and so speaks for them; what is looked at for a change speaks for itself.
    /// </param>
    public async Task CheckAsync(
        SyncContext context,
        RecordTable table,
        List<InwardPair> pairs,
        bool isSweep,
        CancellationToken cancellationToken)
    {
        var linked = pairs.Where(pair => pair.Local?.HubSpotId is not null).ToList();
        var blanked = linked.Where(pair => pair.Plan is RecordPlan.Update update
            && (Blanks(update.Merge.LocalPatch) || Blanks(update.Merge.HubSpotPatch))).ToList();
        var effect = new PageEffect(linked.Count, blanked.Count, 0);
        if (SafetyGate.IsSuspicious(effect)
            && await StopsAsync(context, table.Map.Kind, effect, isSweep, cancellationToken))
        {
            var fields = blanked.SelectMany(pair => Blanked(((RecordPlan.Update)pair.Plan).Merge))
                .GroupBy(field => field).OrderByDescending(same => same.Count()).Take(3)
                .Select(same => table.Map.Fields[same.Key].Label);
            throw new SafetyHaltException(string.Create(
                CultureInfo.InvariantCulture,
                $"{blanked.Count} of {linked.Count} records looked at would lose {string.Join(", ", fields)}"));
        }
    }

    public async Task CheckGoneAsync(
        SyncContext context, RecordKind kind, PageEffect effect, CancellationToken cancellationToken)
    {
        if (SafetyGate.IsSuspicious(effect) && await StopsAsync(context, kind, effect, false, cancellationToken))
        {
            throw new SafetyHaltException(string.Create(
                CultureInfo.InvariantCulture,
                $"{effect.Gone} of {effect.Linked} records looked at are not in HubSpot any more"));
        }
    }

    /// <summary>Says on the connection what was stopped.</summary>
    public static Task MarkAsync(CrmDbContext db, Guid connectionId, string what, DateTimeOffset now) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_connections set safety_halt = {what}, safety_halted_at = {now} where id = {connectionId}
            """,
            CancellationToken.None);

    private async Task<bool> StopsAsync(
        SyncContext context, RecordKind kind, PageEffect effect, bool isSweep, CancellationToken cancellationToken)
    {
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == context.ConnectionId, cancellationToken);
        if (connection.SafetyOpenUntil > clock.GetUtcNow())
        {
            return false;
        }

        var all = await db.Links.CountAsync(
            link => link.ConnectionId == context.ConnectionId && link.Kind == kind, cancellationToken);
        var waiting = isSweep ? all : effect.Linked + await WaitingAsync(context, kind, cancellationToken);
        return SafetyGate.Stops(effect, waiting, all);
    }

    private async Task<int> WaitingAsync(SyncContext context, RecordKind kind, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
            select count(*)::int as "Value" from sync_requests
              where connection_id = {context.ConnectionId} and kind = {kind.ToString()} and parked_at is null
            """).ToListAsync(cancellationToken))[0];

    private static bool Blanks(IEnumerable<FieldChange> patch) =>
        patch.Any(change => change is { Before: not null, After: null });

    private static IEnumerable<int> Blanked(MergeResult merge) =>
        merge.LocalPatch.Concat(merge.HubSpotPatch)
            .Where(change => change is { Before: not null, After: null })
            .Select(change => change.Field);
}
