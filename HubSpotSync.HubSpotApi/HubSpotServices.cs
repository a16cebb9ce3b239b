using System.Net;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.Lists;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HubSpotSync.HubSpotApi;

/// <summary>Two registrations, so that the Portal, which only connects, can't call the CRM by accident.</summary>
public static class HubSpotServices
{
    /// <summary>Consent and tokens.</summary>
    public static IServiceCollection AddHubSpotOAuth(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<HubSpotOptions>()
            .Bind(configuration.GetSection(HubSpotOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        Client<HubSpotOAuth>(services, TimeSpan.FromSeconds(15));
        Client<TokenCheck>(services, TimeSpan.FromSeconds(15));
        return services;
    }

    /// <summary>Records, owners, pipelines, properties. Needs <see cref="AddHubSpotOAuth"/> and Redis.</summary>
    public static IServiceCollection AddHubSpotCrm(this IServiceCollection services)
    {
        services.AddSingleton<RequestBudget>();
        services.AddSingleton<HubSpotMetrics>();
        Client<HubSpotCaller>(services, TimeSpan.FromSeconds(60));
        services.AddTransient<ObjectReader>();
        services.AddTransient<ObjectSearch>();
        services.AddTransient<ScopeSearch>();
        services.AddTransient<AssociationReader>();
        services.AddTransient<ObjectWriter>();
        services.AddTransient<ListReader>();
        services.AddTransient<AccountStructure>();
        return services;
    }

    // No redirect is ever followed: a token goes to the address that was configured and to no other.
    private static void Client<TClient>(IServiceCollection services, TimeSpan timeout)
        where TClient : class =>
        services.AddHttpClient<TClient>((provider, http) =>
            {
                http.BaseAddress = provider.GetRequiredService<IOptions<HubSpotOptions>>().Value.ApiUrl;
                http.Timeout = timeout;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
