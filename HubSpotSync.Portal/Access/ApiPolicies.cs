using System.Security.Claims;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Authorization;

namespace HubSpotSync.Portal.Access;

/// <summary>
/// One policy a scope. A key may do what its scopes say. People who are signed in may look, as far as their role goes:
/// whatever changes something needs a key, so that no other site's form can do it in their name.
/// </summary>
internal static class ApiPolicies
{
    public const string Scheme = "ApiKey";
    public const string ScopeType = "scope";
    public const string KeyType = "api_key";

    /// <summary>Whoever is signed in, and every key.</summary>
    public const string Anybody = "anybody";

    public static string Of(string scope) => $"api:{scope}";

    public static Guid? KeyId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(KeyType), out var id) ? id : null;

    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Anybody, policy => policy.RequireAssertion(context =>
            context.User.Role() is not null || context.User.KeyId() is not null));
        foreach (var scope in ApiScopes.All)
        {
            options.AddPolicy(Of(scope), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => context.User.KeyId() is null
                    ? context.Resource is HttpContext http && MayLook(context.User, http.Request.Method, scope)
                    : ApiScopes.Covers(context.User.FindAll(ScopeType).Select(claim => claim.Value), scope)));
        }
    }

    /// <summary>The least role that may look at what this scope is for.</summary>
    public static WorkspaceRole RoleFor(string scope) =>
        scope.EndsWith(".admin", StringComparison.Ordinal) ? WorkspaceRole.Admin : WorkspaceRole.Viewer;

    private static bool MayLook(ClaimsPrincipal user, string method, string scope) =>
        (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && user.IsAtLeast(RoleFor(scope));
}
