using HubSpotSync.Data.Identity;

namespace HubSpotSync.Portal.Words;

internal static class RoleWords
{
    public static string Say(WorkspaceRole role) => role switch
    {
        WorkspaceRole.Viewer => "Looks at everything, changes nothing.",
        WorkspaceRole.Member => "Works with customers, companies, deals and invoices.",
        WorkspaceRole.Admin => "Connects HubSpot, chooses what is synced, manages users.",
        WorkspaceRole.Owner => "Like an admin, and decides who else is an owner.",
        _ => "",
    };
}
