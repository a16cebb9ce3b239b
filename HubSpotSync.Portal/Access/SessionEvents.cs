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
/// Looks at the user and the session behind each request, not at what the cookie remembers: a new role counts at once,
/// a session that was ended is over, and a changed password or a deactivated user ends every one. It also enters the
/// workspace, before anything else is read.
/// </summary>
internal sealed class SessionEvents(
    CrmDbContext db,
    Sessions sessions,
    IServiceScopeFactory scopes,
    IUserClaimsPrincipalFactory<User> principals,
    IOptions<IdentityOptions> identity,
    TimeProvider clock) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal
            || principal.UserId() is not { } userId
            || principal.WorkspaceId() is not { } workspaceId
            || principal.SessionId() is not { } sessionId)
        {
            await RejectAsync(context);
            return;
        }

        var actor = $"user:{userId}";
        var user = await FindAsync(
            (userId, workspaceId, sessionId), actor, context.HttpContext.RequestAborted);
        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        if (user is null || user.SecurityStamp != stamp || user.LockoutEnd > clock.GetUtcNow().AddYears(1))
        {
            await RejectAsync(context);
            return;
        }

        db.EnterWorkspace(workspaceId, actor);
        if (user.Role != principal.Role() || user.DisplayName != principal.DisplayName())
        {
            var renewed = await principals.CreateAsync(user);
            renewed.Identities.First().AddClaim(new Claim(Claims.SessionType, sessionId.ToString()));
            context.ReplacePrincipal(renewed);
            context.ShouldRenew = true;
        }
    }

    /// <summary>A new cookie is a new session, unless the one that was there is only written anew.</summary>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        if (context.Principal is { Identity: ClaimsIdentity identity } principal && principal.UserId() is { } userId)
        {
            var known = context.HttpContext.User;
            identity.AddClaim(known.UserId() == userId && known.SessionId() is { } same
                ? new Claim(Claims.SessionType, same.ToString())
                : await sessions.StartAsync(userId, context.HttpContext));
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
        (Guid User, Guid Workspace, Guid Session) ids, string actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        own.EnterWorkspace(ids.Workspace, actor);
        var found = await own.Users.AsNoTracking()
            .Where(user => user.Id == ids.User && user.RemovedAt == null)
            .Join(
                own.Sessions.Where(one => one.Id == ids.Session && one.EndedAt == null),
                user => user.Id,
                session => session.UserId,
                (user, session) => new { user, session.SeenAt })
            .FirstOrDefaultAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (found is not null && found.SeenAt < now - Sessions.Grain)
        {
            await own.Sessions.Where(one => one.Id == ids.Session)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeenAt, now), cancellationToken);
        }

        return found?.user;
    }

    private static async Task RejectAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
