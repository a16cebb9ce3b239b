using HubSpotSync.Data.Identity;

namespace HubSpotSync.Tests.Portal;

/// <summary>An endpoint, an address of it, and the least role it asks for; <c>null</c>: open to everybody.</summary>
internal sealed record EndpointRule(string Route, WorkspaceRole? Needs, string Address, string Method = "GET")
{
    public bool IsPage => Method == "GET"
        && !IsForPrograms
        && Route is not ("alive" or "health" or "scalar");

    public bool IsForPrograms => Route.StartsWith("api/", StringComparison.Ordinal)
        || Route.StartsWith("openapi/", StringComparison.Ordinal);

    /// <summary>Nobody may do it by being signed in.</summary>
    public bool NeedsKey { get; init; }
}

/// <summary>Who may call what. An endpoint of the portal that is not here fails a test.</summary>
internal static class EndpointTable
{
    public static readonly Guid Nobody = Guid.Parse("00000000-0000-7000-8000-000000000001");

    private const string HubSpot = "settings/integrations/hubspot";

    public static IReadOnlyList<EndpointRule> Rules { get; } =
    [
        new("alive", null, "/alive"),
        new("health", null, "/health"),
        Open("welcome"),
        Open("setup"),
        Open("signin"),
        Open("signin/link"),
        Open("signin/two-factor"),
        Open("join"), // the code is its permission
        Open("signout"),
        new("status/{code:int}", null, "/status/404"),
        new("invoice", null, "/invoice"), // the code is its permission
        new("proposal", null, "/proposal"), // likewise
        new("internal/sync-now", null, "/internal/sync-now", "POST"), // the operator key is its permission
        new("hubspot/webhooks", null, "/hubspot/webhooks", "POST"), // the signature is its permission
        new("", WorkspaceRole.Viewer, "/"),
        Page("index", WorkspaceRole.Viewer),
        Page("account", WorkspaceRole.Viewer),
        Page("account/two-factor", WorkspaceRole.Viewer),
        Page("ask", WorkspaceRole.Viewer),
        Page("customers", WorkspaceRole.Viewer),
        Page("customers/index", WorkspaceRole.Viewer),
        new("customers/{id:guid}", WorkspaceRole.Viewer, $"/customers/{Nobody}"),
        Page("customers/new", WorkspaceRole.Member),
        .. Papers("customers", WorkspaceRole.Member, "/edit", "/archive", "/notes", "/tags", "/merge"),
        Page("customers/bulk", WorkspaceRole.Member),
        new("customers/bulk/{id:guid}", WorkspaceRole.Member, $"/customers/bulk/{Nobody}"),
        Page("customers/views", WorkspaceRole.Member),
        Page("customers/import", WorkspaceRole.Member),
        new("customers/import/{id:guid}", WorkspaceRole.Member, $"/customers/import/{Nobody}"),
        Page("customers/export", WorkspaceRole.Viewer),
        Page("companies/new", WorkspaceRole.Member),
        .. Papers("companies", WorkspaceRole.Member, "/edit", "/archive", "/notes", "/merge", "/tags"),
        Page("companies", WorkspaceRole.Viewer),
        Page("companies/bulk", WorkspaceRole.Member),
        new("companies/bulk/{id:guid}", WorkspaceRole.Member, $"/companies/bulk/{Nobody}"),
        Page("companies/views", WorkspaceRole.Member),
        Page("companies/export", WorkspaceRole.Viewer),
        Page("companies/import", WorkspaceRole.Member),
        new("companies/import/{id:guid}", WorkspaceRole.Member, $"/companies/import/{Nobody}"),
        Page("companies/index", WorkspaceRole.Viewer),
        new("companies/{id:guid}", WorkspaceRole.Viewer, $"/companies/{Nobody}"),
        Page("pipeline", WorkspaceRole.Viewer),
        Page("pipeline/list", WorkspaceRole.Viewer),
        Page("pipeline/week", WorkspaceRole.Viewer),
        new("deals/{id:guid}", WorkspaceRole.Viewer, $"/deals/{Nobody}"),
        Page("invoices", WorkspaceRole.Viewer),
        Page("invoices/export", WorkspaceRole.Viewer),
        Page("invoices/payments", WorkspaceRole.Viewer),
        Page("invoices/payments/export", WorkspaceRole.Viewer),
        Page("invoices/proposals", WorkspaceRole.Viewer),
        Page("invoices/new", WorkspaceRole.Member),
        Page("invoices/proposals/new", WorkspaceRole.Member),
        .. Papers("invoices", WorkspaceRole.Viewer, "", "/pdf", "/print"),
        .. Papers("invoices", WorkspaceRole.Member, "/edit", "/send", "/pay", "/refund", "/void", "/delete", "/deal"),
        .. Papers("invoices/proposals", WorkspaceRole.Viewer, "", "/pdf"),
        .. Papers("invoices/proposals", WorkspaceRole.Member, "/edit", "/send", "/delete"),
        Page("settings", WorkspaceRole.Viewer),
        Page("settings/index", WorkspaceRole.Viewer),
        Page("settings/integrations", WorkspaceRole.Viewer),
        Page("settings/integrations/index", WorkspaceRole.Viewer),
        Page(HubSpot, WorkspaceRole.Viewer),
        Page($"{HubSpot}/outcomes", WorkspaceRole.Viewer), // only members may send it
        Page($"{HubSpot}/health", WorkspaceRole.Viewer), // likewise
        Page($"{HubSpot}/history", WorkspaceRole.Viewer),
        new(HubSpot + "/history/{id:guid}", WorkspaceRole.Viewer, $"/{HubSpot}/history/{Nobody}"),
        Page($"{HubSpot}/rules", WorkspaceRole.Viewer), // only admins may send it
        Page($"{HubSpot}/mapping", WorkspaceRole.Viewer), // likewise
        Page($"{HubSpot}/review", WorkspaceRole.Viewer), // likewise
        Page($"{HubSpot}/duplicates", WorkspaceRole.Viewer), // only members may send it
        new(
            HubSpot + "/duplicates/{one:guid}/{other:guid}", WorkspaceRole.Viewer,
            $"/{HubSpot}/duplicates/{Nobody}/{Nobody}"), // likewise
        new(HubSpot + "/records/{kind}/{key}", WorkspaceRole.Viewer, $"/{HubSpot}/records/contact/h1"), // as health
        new("scalar", WorkspaceRole.Viewer, "/scalar"),
        new("openapi/{documentname}.json", WorkspaceRole.Viewer, "/openapi/v1.json"),
        .. Records("api/customers"),
        .. Records("api/companies"),
        .. Read("api/tags", "api/deals", "api/deals/{id:guid}", "api/pipelines"),
        .. Read("api/invoices", "api/invoices/{id:guid}", "api/payments", "api/payments/{id:guid}"),
        .. Write("POST", "api/invoices", "api/invoices/{id:guid}/send", "api/invoices/{id:guid}/void", "api/payments"),
        .. Write("PATCH", "api/invoices/{id:guid}"),
        .. Write("DELETE", "api/invoices/{id:guid}"),
        .. Read("api/hubspot/status", "api/hubspot/settings", "api/hubspot/duplicates", "api/hubspot/runs"),
        .. Read("api/hubspot/runs/{id:guid}", "api/hubspot/runs/{id:guid}/events"),
        .. Read("api/hubspot/auth/url", "api/webhooks", "api/webhooks/{id:guid}", "api/webhooks/{id:guid}/deliveries")
            .Select(rule => rule with { Needs = WorkspaceRole.Admin }),
        .. Write("POST", "api/webhooks", "api/webhooks/{id:guid}/secret", "api/webhooks/{id:guid}/test"),
        .. Write("POST", "api/webhooks/{id:guid}/deliveries/{delivery:guid}/redeliver"),
        .. Write("PATCH", "api/webhooks/{id:guid}"),
        .. Write("DELETE", "api/webhooks/{id:guid}"),
        .. Write("POST", "api/hubspot/sync", "api/hubspot/disconnect", "api/hubspot/duplicates"),
        .. Write("POST", "api/hubspot/duplicates/search"),
        .. Write("PATCH", "api/hubspot/settings"),
        Page($"{HubSpot}/connect", WorkspaceRole.Admin),
        Page($"{HubSpot}/token", WorkspaceRole.Admin),
        Page($"{HubSpot}/disconnect", WorkspaceRole.Admin),
        Page($"{HubSpot}/switch", WorkspaceRole.Admin),
        Page($"{HubSpot}/filter", WorkspaceRole.Admin),
        Page($"{HubSpot}/run", WorkspaceRole.Admin),
        Page("hubspot/callback", WorkspaceRole.Admin),
        Page("settings/api-keys", WorkspaceRole.Admin),
        Page("settings/webhooks", WorkspaceRole.Admin),
        new("settings/webhooks/{id:guid}", WorkspaceRole.Admin, $"/settings/webhooks/{Nobody}"),
        Page("settings/users", WorkspaceRole.Admin),
        Page("settings/users/index", WorkspaceRole.Admin),
        new("settings/users/{id:guid}", WorkspaceRole.Admin, $"/settings/users/{Nobody}"),
        Page("settings/audit", WorkspaceRole.Admin),
        Page("settings/audit/index", WorkspaceRole.Admin),
        Page("settings/audit/export", WorkspaceRole.Admin),
        Page("settings/workspace", WorkspaceRole.Admin),
    ];

    public static IEnumerable<EndpointRule> Pages => Rules.Where(rule => rule.IsPage);

    private static EndpointRule Open(string route) => new(route, null, $"/{route}");

    private static IEnumerable<EndpointRule> Papers(string list, WorkspaceRole needs, params string[] pages) =>
        pages.Select(page => new EndpointRule(list + "/{id:guid}" + page, needs, $"/{list}/{Nobody}{page}"));

    private static IEnumerable<EndpointRule> Records(string root) =>
    [
        .. Read(root, root + "/{id:guid}", root + "/bulk/{id:guid}"),
        .. Write("POST", root + "/bulk"),
        .. Write("POST", root, root + "/{id:guid}/archive", root + "/{id:guid}/restore"),
        .. Write("POST", root + "/{id:guid}/merge", root + "/{id:guid}/tags"),
        .. Write("DELETE", root + "/{id:guid}/tags/{tag:guid}"),
        .. Write("PATCH", root + "/{id:guid}"),
    ];

    private static IEnumerable<EndpointRule> Read(params string[] routes) =>
        routes.Select(route => new EndpointRule(route, WorkspaceRole.Viewer, AddressOf(route)));

    private static IEnumerable<EndpointRule> Write(string method, params string[] routes) =>
        routes.Select(route => new EndpointRule(route, WorkspaceRole.Owner, AddressOf(route), method)
        {
            NeedsKey = true,
        });

    private static string AddressOf(string route) =>
        "/" + route.Replace("{id:guid}", $"{Nobody}", StringComparison.Ordinal)
            .Replace("{tag:guid}", $"{Nobody}", StringComparison.Ordinal)
            .Replace("{delivery:guid}", $"{Nobody}", StringComparison.Ordinal);

    private static EndpointRule Page(string route, WorkspaceRole needs) => new(route, needs, $"/{route}");
}
