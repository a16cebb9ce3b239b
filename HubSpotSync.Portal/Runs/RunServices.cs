namespace HubSpotSync.Portal.Runs;

internal static class RunServices
{
    public static IServiceCollection AddRunHistory(this IServiceCollection services)
    {
        services.AddScoped<RunList>();
        services.AddScoped<RunJournal>();
        services.AddScoped<RunFile>();
        return services;
    }
}
