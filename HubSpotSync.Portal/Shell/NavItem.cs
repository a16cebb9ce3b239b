namespace HubSpotSync.Portal.Shell;

/// <summary>A place in the rail and in the bar at the bottom.</summary>
internal sealed record NavItem(string Href, string Icon, string Label)
{
    /// <summary>The bar has room for six; companies are reached from customers there.</summary>
    public bool IsInBar => Href != "/companies";

    public static IReadOnlyList<NavItem> All { get; } =
    [
        new("/", "home", "Home"),
        new("/customers", "users", "Customers"),
        new("/companies", "building", "Companies"),
        new("/pipeline", "layout-kanban", "Pipeline"),
        new("/invoices", "file-invoice", "Invoices"),
        new("/settings/integrations/hubspot", "arrows-left-right", "HubSpot"),
        new("/settings", "settings", "Settings"),
    ];

    /// <summary>The most exact item that the address lies under, and no other.</summary>
    public static NavItem? Current(PathString path) => All
        .Where(item => item.Href == "/"
            ? path == "/"
            : path.StartsWithSegments(item.Href, StringComparison.OrdinalIgnoreCase))
        .MaxBy(item => item.Href.Length);
}
