namespace HubSpotSync.FakeHubSpot.Webhooks;

internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSubscriptions>();
        services.AddSingleton<DeliverySettings>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookDispatcher>();
    }

    public static void ResetWebhooks(this IServiceProvider services)
    {
        services.GetRequiredService<WebhookSubscriptions>().Reset();
        services.GetRequiredService<DeliverySettings>().Reset();
        services.GetRequiredService<WebhookOutbox>().Reset();
    }
}
