using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Programs that are told, and what they are told.</summary>
internal static class WebhookRows
{
    /// <summary>Also where the address would be refused.</summary>
    public static Task<(Guid Id, string Secret)> AddWebhookAsync(
        this PortalHost portal, string url, params string[] events) => portal.QueryAsync(async (services, db) =>
    {
        var (id, secret) = (Guid.NewGuid(), WebhookSecrets.Create());
        portal.Secrets.Add(secret);
        db.OutgoingWebhooks.Add(new OutgoingWebhook
        {
            Id = id,
            WorkspaceId = db.WorkspaceId,
            Url = url,
            Events = events.Length == 0 ? [.. WebhookEvents.All] : events,
            Secret = services.GetRequiredService<WebhookSecrets>().Protect(db.WorkspaceId, id, secret),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (id, secret);
    });

    /// <summary>Type and changed fields of what a webhook is or was told, in order.</summary>
    public static Task<List<string>> ToldAsync(this PortalHost portal, Guid webhook) =>
        portal.Database.ListAsync<string>(
            $"""
            select rtrim(type || ' ' || array_to_string(changed, ',')) from webhook_deliveries
              where webhook_id = '{webhook}' order by occurred_at, type
            """);

    public static Task<string> StateAsync(this PortalHost portal, Guid webhook) =>
        portal.Database.ScalarAsync<string>($"select state from outgoing_webhooks where id = '{webhook}'");

    /// <summary>Time passes: whatever waits is due.</summary>
    public static Task MakeDueAsync(this PortalHost portal) => portal.Database.ExecuteAsync(
        """
        update outgoing_webhooks set resting_until = null;
        update webhook_deliveries set due_at = clock_timestamp() where state = 'Waiting'
        """);

    public static Task<string> ArrivalAsync(this PortalHost portal, Guid webhook) => portal.DeliveryAsync(
        webhook, seen => seen.StartsWith("Delivered", StringComparison.Ordinal), "its arrival");

    /// <returns>State, tries and error of the first delivery; the error would be the last one during a try.</returns>
    public static Task<string> DeliveryAsync(
        this PortalHost portal, Guid webhook, Func<string, bool> condition, string what) => Eventually.SeeAsync(
        () => portal.Database.ScalarAsync<string>(
            $"""
            select coalesce((
              select state || ' ' || attempts || ' ' ||
                  case when lease_owner is null then coalesce(last_error, '') else 'is being tried' end
                from webhook_deliveries where webhook_id = '{webhook}' order by occurred_at limit 1), '')
            """),
        condition,
        TimeSpan.FromSeconds(20),
        what);
}
