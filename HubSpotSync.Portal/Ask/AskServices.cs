using HubSpotSync.Portal.Progress;

namespace HubSpotSync.Portal.Ask;

internal static class AskServices
{
    public static IServiceCollection AddAsk(this IServiceCollection services)
    {
        services.AddSingleton<IUnderstanding, PlainGrammar>();
        services.AddScoped<RunSteps>();
        services.AddScoped<Answers>();
        services.AddScoped<RecordAnswers>();
        services.AddScoped<RecordFinder>();
        services.AddScoped<Lookups>();
        return services;
    }
}
