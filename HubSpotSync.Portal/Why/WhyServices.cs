namespace HubSpotSync.Portal.Why;

internal static class WhyServices
{
    public static IServiceCollection AddWhy(this IServiceCollection services)
    {
        services.AddScoped<Standings>();
        services.AddScoped<RecordSteps>();
        services.AddScoped<Conflicts>();
        services.AddScoped<RecordChanges>();
        return services;
    }
}
