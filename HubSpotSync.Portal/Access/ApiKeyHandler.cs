using System.Security.Claims;
using System.Text.Encodings.Web;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Access;

/// <summary>Lets programs in by their key, and enters the key's workspace before anything else is read.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeyBook keys,
    CrmDbContext db) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether a program speaks: then no cookie is looked at.</summary>
    public static bool IsMeant(HttpContext context) =>
        context.IsApi() && context.Request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || await keys.FindAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } place)
        {
            return AuthenticateResult.Fail("No such key.");
        }

        db.EnterWorkspace(place.WorkspaceId, $"api:{place.KeyId}");
        var key = await db.ApiKeys.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == place.KeyId && one.RevokedAt == null, Context.RequestAborted);
        if (key is null)
        {
            return AuthenticateResult.Fail("Revoked.");
        }

        await keys.NoteUseAsync(key, Context.RequestAborted);
        var identity = new ClaimsIdentity(
            [
                new Claim(Claims.WorkspaceType, place.WorkspaceId.ToString()),
                new Claim(ApiPolicies.KeyType, place.KeyId.ToString()),
                .. key.Scopes.Select(scope => new Claim(ApiPolicies.ScopeType, scope)),
            ],
            Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of(
            StatusCodes.Status401Unauthorized, "unauthorized",
            "There is no such API key, or it was revoked. Admins make keys under Settings, API keys.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(one => one.Policy)
            .FirstOrDefault(policy => policy?.StartsWith("api:", StringComparison.Ordinal) == true)?[4..];
        return ApiProblem.Of(
            StatusCodes.Status403Forbidden, "missing_scope",
            $"This key may not do this: it needs the scope {needed}. Make one that has it under Settings, API keys.",
            null, ("scope", needed)).ExecuteAsync(Context);
    }
}
