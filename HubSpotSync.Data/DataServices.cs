using HubSpotSync.Data.Api;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.Erasures;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Data.Protection;
using HubSpotSync.Data.Requests;
using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Structure;
using HubSpotSync.Data.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Data;

/// <summary>What Portal and Worker share of the data layer, beside the context itself.</summary>
public static class DataServices
{
    public static IServiceCollection AddCrmData(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<KeyRingOptions>()
            .Bind(configuration.GetSection(KeyRingOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.ConfigureDbContext<CrmDbContext>(options => options.AddInterceptors(WorkspaceInterceptor.Instance));
        services.AddDataProtection().SetApplicationName("HubSpotSync");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys =>
            {
                keys.XmlRepository = new PostgresXmlRepository(provider.GetRequiredService<IServiceScopeFactory>());
                keys.XmlEncryptor = new KeyRingXmlEncryptor(
                    provider.GetRequiredService<IOptions<KeyRingOptions>>().Value.Secret);
            }));
        services.AddSingleton<TokenVault>();
        services.AddSingleton<SignInLinks>();
        services.AddScoped<WorkspaceLookup>();
        services.AddScoped<RunRequests>();
        services.AddScoped<WebhookIntake>();
        services.AddScoped<ErasedPeople>();
        services.AddScoped<ConnectionRegistry>();
        services.AddScoped<PendingGrants>();
        services.AddScoped<CustomerMerge>();
        services.AddScoped<StructureQuestions>();
        services.AddScoped<DuplicateQueue>();
        services.AddScoped<RecordRequests>();
        services.AddScoped<ConflictDecisions>();
        services.AddScoped<LinkDecisions>();
        services.AddScoped<ApiKeyBook>();
        services.AddSingleton<WebhookSecrets>();
        services.AddScoped<DocumentNumbers>();
        services.AddScoped<ActivityLog>();
        services.AddSingleton<MailSecrets>();
        services.AddScoped<MailOutbox>();
        services.AddScoped<InvoiceBook>();
        services.AddScoped<PaymentBook>();
        services.AddScoped<ProposalBook>();
        services.AddScoped<PaperCodes>();
        return services;
    }
}
