using HubSpotSync.Data;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Loops;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>What a webhook was told, and what is to be told again.</summary>
internal sealed class DeliveryLog(CrmDbContext db, LoopSignal<WebhookLoop> signal, TimeProvider clock)
{
    public Task<List<WebhookDelivery>> ReadAsync(
        Guid webhookId, ListCursor? after, int take, CancellationToken cancellationToken)
    {
        var rows = db.WebhookDeliveries.AsNoTracking().Where(row => row.WebhookId == webhookId);
        if (after is { Moment: var at, Id: var id })
        {
            rows = rows.Where(row => row.OccurredAt <= at && (row.OccurredAt < at || row.Id.CompareTo(id) > 0));
        }

        return rows.OrderByDescending(row => row.OccurredAt).ThenBy(row => row.Id)
            .Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <returns>Whether there is such a webhook, and it is on.</returns>
    public async Task<bool> TestAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        if (!await db.OutgoingWebhooks.AnyAsync(
            row => row.Id == webhookId && row.State == OutgoingWebhookState.Active, cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.WebhookDeliveries.Add(new WebhookDelivery
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            WebhookId = webhookId,
            EventId = Guid.NewGuid(),
            Type = WebhookEvents.Test,
            OccurredAt = now,
            DueAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        await WakeAsync(webhookId, cancellationToken);
        return true;
    }

    /// <summary>The same event again, also where it has arrived: the receiver may have lost it.</summary>
    /// <returns>Whether there is such a delivery that is not waiting anyway.</returns>
    public async Task<bool> AgainAsync(Guid webhookId, Guid deliveryId, CancellationToken cancellationToken)
    {
        var done = await db.Database.ExecuteSqlAsync(
            $"""
            update webhook_deliveries set state = 'Waiting', attempts = 0, due_at = clock_timestamp()
              where id = {deliveryId} and webhook_id = {webhookId} and lease_owner is null
            """,
            cancellationToken);
        await WakeAsync(webhookId, cancellationToken);
        return done == 1;
    }

    // A person waits: the webhook need not rest any longer.
    private async Task WakeAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"update outgoing_webhooks set resting_until = null where id = {webhookId}", cancellationToken);
        signal.Ring();
    }
}
