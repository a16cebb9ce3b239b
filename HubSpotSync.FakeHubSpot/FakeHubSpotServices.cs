using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Webhooks;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot;

internal static class FakeHubSpotServices
{
    public static void AddFakeHubSpot(this WebApplicationBuilder builder)
    {
        // Request lines would put addresses and codes from paths and queries into the log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddOptions<FakeOptions>().BindConfiguration(FakeOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FakeOptions>, FakeOptionsValidation>();
        builder.Services.AddSingleton<FakeClock>();
        builder.Services.AddSingleton<FakeSettings>();
        builder.Services.AddSingleton<FakeAccounts>();
        builder.Services.AddSingleton<Installations>();
        builder.Services.AddSingleton<ConsentAnswers>();
        builder.Services.AddSingleton<Person>();
        builder.Services.AddSingleton<Burst>();
        builder.Services.AddSingleton<AccountLimits>();
        builder.Services.AddSingleton<FaultScript>();
        builder.Services.AddSingleton<RequestLog>();
        builder.Services.AddSingleton<UnexpectedErrors>();
        builder.Services.AddWebhooks();
        builder.Services.AddRazorPages().ConfigureApplicationPartManager(TakeOwnPagesOnly);
    }

    /// <summary>Not those of whatever program the fake runs in: tests host it beside the product.</summary>
    private static void TakeOwnPagesOnly(ApplicationPartManager manager)
    {
        manager.ApplicationParts.Clear();
        manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(HumanPage).Assembly));
    }
}
