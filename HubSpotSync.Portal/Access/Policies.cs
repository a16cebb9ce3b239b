using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Authorization;

namespace HubSpotSync.Portal.Access;

/// <summary>One policy a role; each role may do what the ones below it may.</summary>
internal static class Policies
{
    public const string Viewer = nameof(WorkspaceRole.Viewer);
    public const string Member = nameof(WorkspaceRole.Member);
    public const string Admin = nameof(WorkspaceRole.Admin);
    public const string Owner = nameof(WorkspaceRole.Owner);

    public static void Configure(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<WorkspaceRole>())
        {
            options.AddPolicy(role.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => context.User.Role() >= role));
        }

        ApiPolicies.Configure(options);

        // Nothing is open by forgetting: an endpoint without a policy asks for a signed-in user. A program is told what
        // it has wrong, such as the address.
        options.FallbackPolicy = options.GetPolicy(ApiPolicies.Anybody);
        options.DefaultPolicy = options.GetPolicy(Viewer)!; // added just above
    }
}
