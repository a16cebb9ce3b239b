using System.Text.Json.Serialization;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Portal.Api.Docs;
using HubSpotSync.Portal.Api.HubSpot;
using HubSpotSync.Portal.Api.Idempotency;
using HubSpotSync.Portal.Api.Invoices;
using HubSpotSync.Portal.Api.Payments;
using HubSpotSync.Portal.Api.Records;

namespace HubSpotSync.Portal.Api;

/// <summary>What the endpoints for programs need.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(null, allowIntegerValues: false));
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddApiDocument();
        services.AddScoped<AnswerBook>();
        services.AddScoped<RecordService>();
        services.AddScoped<RecordMerging>();
        services.AddScoped<RecordTagging>();
        services.AddScoped<BulkDesk>();
        services.AddScoped<InvoiceDesk>();
        services.AddScoped<InvoiceSteps>();
        services.AddScoped<PaymentDesk>();
        services.AddScoped<AuthUrl>();
        services.AddScoped<SyncDesk>();
        services.AddScoped<SettingsDesk>();
        services.AddScoped<StatusReading>();
        services.AddSingleton<RequestBudget>();
        return services;
    }
}
