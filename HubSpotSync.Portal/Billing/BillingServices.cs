using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Billing.Mail;
using HubSpotSync.Portal.Loops;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing;

/// <summary>What invoices, payments and proposals need.</summary>
internal static class BillingServices
{
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddScoped<WorkspaceToday>();
        services.AddScoped<PeopleNames>();
        services.AddScoped<InvoiceList>();
        services.AddScoped<InvoiceExport>();
        services.AddScoped<ProposalList>();
        services.AddScoped<PaymentList>();
        services.AddScoped<PaymentExport>();
        services.AddScoped<PaperFacts>();
        services.AddSingleton<PublicPapers>();

        services.AddScoped<Buyers>();
        services.AddScoped<Prefill>();
        services.AddScoped<PaperDrafts>();
        services.AddScoped<EditorServices>();
        services.AddScoped<SendServices>();

        services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<MailRelay>();
        services.AddSingleton<PickupFolder>();
        services.AddSingleton<IMailTransport>(provider =>
            string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<MailOptions>>().Value.Host)
                ? provider.GetRequiredService<PickupFolder>()
                : provider.GetRequiredService<MailRelay>());
        services.AddScoped<PaperMail>();
        services.AddScoped<InvitationMail>();
        services.AddScoped<MailSender>();
        services.AddSingleton<LoopSignal<MailLoop>>();
        services.AddHostedService<MailLoop>();
        return services;
    }
}
