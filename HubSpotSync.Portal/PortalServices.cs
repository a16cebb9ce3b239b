using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Api;
using HubSpotSync.Portal.Audit;
using HubSpotSync.Portal.Ask;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Duplicates;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Mapping;
using HubSpotSync.Portal.OutgoingWebhooks;
using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Review;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Runs;
using HubSpotSync.Portal.Setup;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Webhooks;
using HubSpotSync.Portal.Why;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Portal;

internal static class PortalServices
{
    /// <summary>Pages of invoices and proposals that change something; whoever looks may open the others.</summary>
    private static readonly string[] WritePages =
    [
        "New", "Edit", "Send", "Pay", "Refund", "Void", "Delete", "Deal",
        "Proposals/New", "Proposals/Edit", "Proposals/Send", "Proposals/Delete",
    ];

    /// <summary>Everybody looks at these, and admins change them.</summary>
    private static readonly string[] AdminChanges = ["Rules", "Mapping", "Review"];

    /// <summary>Everybody looks at these, and members change them.</summary>
    private static readonly string[] MemberChanges =
    [
        "/Duplicates/Index", "/Duplicates/Compare", "/Settings/Integrations/HubSpot/Record",
        "/Settings/Integrations/HubSpot/Outcomes", "/Settings/Integrations/HubSpot/Health", "/Ask/Index",
    ];

    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddLogging(Quiet);
        services.AddPortalPages();
        services.AddPortalSignIn();
        services.AddAuthorization(Policies.Configure);
        services.AddPortalRateLimits();
        services.AddSingleton<PublicUrl>();
        services.AddScoped<AuditLog>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<UserAccounts>();
        services.AddScoped<UserLinks>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<LinkVisit>();
        services.AddScoped<Sessions>();
        services.AddScoped<SecretUserStore>();
        services.AddScoped<TwoFactor>();
        services.AddScoped<TwoFactorSignIn>();
        services.AddScoped<AuditPages>();
        services.AddScoped<AuditExport>();
        services.AddScoped<WorkspaceShell>();
        services.AddScoped<SyncFacts>();
        services.AddScoped<HomeFacts>();
        services.AddCustomers();
        services.AddBilling();
        services.AddApi();
        services.AddOutgoingWebhooks();
        services.AddPipeline();

        services.AddSingleton<SetupCode>();
        services.AddSingleton<OwnerPresence>();
        services.AddScoped<OwnerAccount>();
        services.AddHostedService<SetupAnnouncement>();

        services.AddSingleton<ConnectStates>();
        services.AddScoped<AccountStore>();
        services.AddScoped<HubSpotConnect>();
        services.AddScoped<Disconnecting>();
        services.AddScoped<TokenConnect>();
        services.AddScoped<AccountSwitch>();

        services.AddScoped<ScopeEstimates>();
        services.AddScoped<RulesSaving>();
        services.AddScoped<RuleHistory>();
        services.AddScoped<SampleValues>();
        services.AddScoped<FieldReach>();
        services.AddScoped<UnmappedValues>();
        services.AddScoped<OwnerMatches>();
        services.AddScoped<MappingSaving>();
        services.AddScoped<ReviewList>();
        services.AddScoped<ReviewChoices>();
        services.AddScoped<Comparisons>();
        services.AddWhy();
        services.AddHealth();
        services.AddRunHistory();
        services.AddAsk();

        services.AddSingleton<RunSignals>();
        services.AddSingleton<WebhookGate>();
        services.AddHostedService(provider => provider.GetRequiredService<RunSignals>());
        services.AddScoped<RunEvents>();
        return services;
    }

    // The framework logs every address at this level, and some addresses carry a code that must stay secret.
    private static void Quiet(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
        // What nobody expected is thrown, and logged then.
        .AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical)
        .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical) // likewise
        .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

    private static void AddPortalPages(this IServiceCollection services)
    {
        services.AddRouting(options => options.LowercaseUrls = true);
        services.AddAntiforgery(options =>
        {
            options.SuppressXFrameOptionsHeader = true; // SecurityHeaders says it, and more strictly
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.Name = "hubspotsync.form";
        });
        services.AddRazorPages(options =>
        {
            var pages = options.Conventions;
            pages.AuthorizeFolder("/", Policies.Viewer);
            pages.AuthorizeFolder("/Settings/Users", Policies.Admin);
            pages.AuthorizeFolder("/Settings/ApiKeys", Policies.Admin);
            pages.AuthorizeFolder("/Settings/Webhooks", Policies.Admin);
            pages.AuthorizeFolder("/Settings/Audit", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Connect", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Callback", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Token", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Disconnect", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Switch", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Filter", Policies.Admin);
            pages.AuthorizePage("/Settings/Integrations/HubSpot/Run", Policies.Admin);
            foreach (var page in AdminChanges)
            {
                pages.AddPageApplicationModelConvention(
                    $"/Settings/Integrations/HubSpot/{page}",
                    model => model.Filters.Add(new ChangesNeed(WorkspaceRole.Admin)));
            }

            foreach (var page in MemberChanges)
            {
                pages.AddPageApplicationModelConvention(
                    page, model => model.Filters.Add(new ChangesNeed(WorkspaceRole.Member)));
            }

            foreach (var page in WritePages)
            {
                pages.AuthorizePage($"/Invoices/{page}", Policies.Member);
            }

            foreach (var page in CustomerServices.WritePages)
            {
                pages.AuthorizePage(page, Policies.Member);
            }

            pages.AuthorizeFolder("/Settings/Seller", Policies.Admin);
            pages.AllowAnonymousToFolder("/Visit");
            pages.ConfigureFilter(new KnownMethods());
        });
    }

    private static void AddPortalSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<SessionEvents>();
        const string Either = "PersonOrProgram";
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, either => either.ForwardDefaultSelector = context =>
                ApiKeyHandler.IsMeant(context) ? ApiPolicies.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiPolicies.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                cookie.Cookie.Name = "hubspotsync.session";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax; // HubSpot sends people back to a page behind sign-in
                cookie.LoginPath = "/signin";
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.ExpireTimeSpan = Sessions.Lifetime;
                cookie.SlidingExpiration = true;
                cookie.EventsType = typeof(SessionEvents);
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                cookie.Cookie.Name = "hubspotsync.two-factor";
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // A user name is an e-mail address; its form is checked as one.
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = SignInRules.PasswordLength;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddUserStore<SecretUserStore>()
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddSignInManager()
            .AddClaimsPrincipalFactory<WorkspaceClaimsFactory>();
    }
}
