using System.Security.Claims;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Access;

/// <summary>Adds workspace, role and name to what Identity puts into the session.</summary>
internal sealed class WorkspaceClaimsFactory(UserManager<User> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Claims.WorkspaceType, user.WorkspaceId.ToString()));
        identity.AddClaim(new Claim(Claims.RoleType, user.Role.ToString()));
        identity.AddClaim(new Claim(Claims.NameType, user.DisplayName));
        return identity;
    }
}
