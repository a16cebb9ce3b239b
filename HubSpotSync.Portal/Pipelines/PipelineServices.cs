namespace HubSpotSync.Portal.Pipelines;

/// <summary>What the pipeline's pages need.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddScoped<PipelineStages>();
        services.AddScoped<DealQueries>();
        services.AddScoped<PipelineBoard>();
        services.AddScoped<WeekReview>();
        services.AddScoped<PipelineScene>();
        return services;
    }
}
