namespace HubSpotSync.Portal.Health;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddScoped<OutcomeList>();
        services.AddScoped<OutcomeFile>();
        services.AddScoped<HealthFacts>();
        return services;
    }
}
