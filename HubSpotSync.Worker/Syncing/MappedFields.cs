using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Structure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Whether the properties that fields are mapped to are still there. A mapping whose property is gone is switched off
/// with a notice, and everything else goes on; it is switched on again when the property is back.
/// </summary>
internal sealed class MappedFields(IServiceScopeFactory scopes, AccountStructure structure, TimeProvider clock)
{
    /// <param name="suspects">Properties that HubSpot did not send, or says that it does not have.</param>
    /// <returns>Whether a mapping was switched off: what was looked at with it has to be looked at again.</returns>
    public async Task<bool> DisableLostAsync(
        SyncContext context, RecordKind kind, IReadOnlyList<string> suspects, CancellationToken cancellationToken)
    {
        var there = (await structure.ReadPropertiesAsync(context.Session, kind, cancellationToken))
            .Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var lost = context.Policy.MapOf(kind).Fields
            .Where(field => field.Direction != FieldDirection.Off
                && suspects.Contains(field.HubSpotProperty) && !there.Contains(field.HubSpotProperty))
            .Select(field => new DisabledField(kind, field.Name, DisabledReason.PropertyGone, clock.GetUtcNow()))
            .ToList();
        if (lost.Count == 0)
        {
            return false;
        }

        await ChangeAsync(context, known => [.. known, .. lost], cancellationToken);
        return true;
    }

    /// <summary>
    /// Looks at every mapping that may have changed in HubSpot: those that stand still and custom ones.
    /// </summary>
    public async Task CheckAsync(SyncContext context, CancellationToken cancellationToken)
    {
        foreach (var kind in Enum.GetValues<RecordKind>().Where(kind => NeedsCheck(context, kind)))
        {
            var there = (await structure.ReadPropertiesAsync(context.Session, kind, cancellationToken))
                .ToDictionary(property => property.Name, StringComparer.Ordinal);
            var lost = context.Policy.WithEveryField().MapOf(kind).Fields
                .Select(field => (field.Name, Reason: ReasonOf(field, there.GetValueOrDefault(field.HubSpotProperty))))
                .Where(field => field.Reason is not null)
                .ToDictionary(field => field.Name, field => field.Reason!.Value); // just filtered
            await ChangeAsync(context, known => Renew(known, kind, lost), cancellationToken);
        }
    }

    private static bool NeedsCheck(SyncContext context, RecordKind kind) => context.Policy.Takes(kind)
        && (context.Policy.CustomFields.Any(custom => custom.Kind == kind)
            || context.Policy.DisabledFields.Any(disabled => disabled.Kind == kind));

    private static DisabledReason? ReasonOf(FieldDefinition field, HubSpotProperty? property) => property is null
        ? DisabledReason.PropertyGone
        : field.IsCustom && PropertyTypes.Of(property) != field.Type ? DisabledReason.TypeChanged : null;

    private List<DisabledField> Renew(
        List<DisabledField> known, RecordKind kind, Dictionary<string, DisabledReason> lost)
    {
        var kept = known.Where(field => field.Kind != kind
            || (lost.TryGetValue(field.Field, out var reason) && reason == field.Reason)).ToList();
        return
        [
            .. kept,
            .. lost.Where(field => !kept.Exists(one => one.Kind == kind && one.Field == field.Key))
                .Select(field => new DisabledField(kind, field.Key, field.Value, clock.GetUtcNow())),
        ];
    }

    /// <summary>In a scope of its own: the job's context may be in the middle of a page.</summary>
    private async Task ChangeAsync(
        SyncContext context, Func<List<DisabledField>, List<DisabledField>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(context.WorkspaceId, "engine");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = await db.Connections
            .FromSql($"select *, xmin from hubspot_connections where id = {context.ConnectionId} for no key update")
            .SingleAsync(cancellationToken);
        var (before, after) = (connection.DisabledFields, change(connection.DisabledFields));
        if (!after.ToHashSet().SetEquals(before))
        {
            db.Audit.Add(AuditEntry.OfFields(db.WorkspaceId, connection.HubId, before, after));
            connection.DisabledFields = after;
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        context.Follow(connection.Policy);
    }
}
