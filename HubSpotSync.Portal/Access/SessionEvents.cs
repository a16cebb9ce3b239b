using System.Security.Claims;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Access;

/// <summary>
/// Looks at the user behind each request, not at what the cookie remembers: a new role counts at once, a changed
/// password or a deactivated user ends every session. It also enters the workspace, before anything else is read.
/// </summary>
internal sealed class SessionEvents(
    CrmDbContext db,
    IServiceScopeFactory scopes,
    IUserClaimsPrincipalFactory<User> principals,
    IOptions<IdentityOptions> identity,
    TimeProvider clock) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal
            || principal.UserId() is not { } userId
            || principal.WorkspaceId() is not { } workspaceId)
        {
            await RejectAsync(context);
            return;
        }

        var actor = $"user:{userId}";
        var user = await FindAsync(userId, workspaceId, actor, context.HttpContext.RequestAborted);
        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        if (user is null || user.SecurityStamp != stamp || user.LockoutEnd > clock.GetUtcNow().AddYears(1))
        {
            await RejectAsync(context);
            return;
        }

        db.EnterWorkspace(workspaceId, actor);
        if (user.Role != principal.Role() || user.DisplayName != principal.DisplayName())
        {
            context.ReplacePrincipal(await principals.CreateAsync(user));
            context.ShouldRenew = true;
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        AnswerAsync(context, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // Programs and live parts of a page get the status; a person gets the sign-in page.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.Headers["HX-Redirect"] = "/signin";
            context.Response.StatusCode = status;
        }
        else if (context.HttpContext.IsApi())
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    // In a scope of its own: a session that is refused must not tie the request to its workspace, because the next
    // thing may be to sign in to another one.
    private async Task<User?> FindAsync(
        Guid userId,
        Guid workspaceId,
        string actor,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        users.EnterWorkspace(workspaceId, actor);
        return await users.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == userId, cancellationToken);
    }

    private static async Task RejectAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
