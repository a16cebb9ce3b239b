using HubSpotSync.Portal.Loops;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>What telling other programs needs.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddOutgoingWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<WebhookClient>();
        services.AddScoped<WebhookBook>();
        services.AddScoped<DeliveryLog>();
        services.AddScoped<WebhookSender>();
        services.AddSingleton<LoopSignal<WebhookLoop>>();
        services.AddHostedService<WebhookLoop>();
        return services;
    }
}
