using System.Security.Claims;
using HubSpotSync.Data.Identity;

namespace HubSpotSync.Portal.Access;

/// <summary>What the session cookie says of a user.</summary>
internal static class Claims
{
    public const string WorkspaceType = "workspace";
    public const string RoleType = "workspace_role";
    public const string NameType = "display_name";
    public const string SessionType = "session";

    public static Guid? UserId(this ClaimsPrincipal user) => IdOf(user, ClaimTypes.NameIdentifier);

    public static Guid? WorkspaceId(this ClaimsPrincipal user) => IdOf(user, WorkspaceType);

    public static Guid? SessionId(this ClaimsPrincipal user) => IdOf(user, SessionType);

    public static WorkspaceRole? Role(this ClaimsPrincipal user) =>
        Enum.TryParse<WorkspaceRole>(user.FindFirstValue(RoleType), out var role) ? role : null;

    public static bool IsAtLeast(this ClaimsPrincipal user, WorkspaceRole role) => user.Role() >= role;

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(NameType) ?? "";

    private static Guid? IdOf(ClaimsPrincipal user, string type) =>
        Guid.TryParse(user.FindFirstValue(type), out var id) ? id : null;
}
