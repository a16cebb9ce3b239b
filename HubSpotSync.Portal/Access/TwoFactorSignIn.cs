using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Portal.Access;

/// <summary>The second step of signing in, for those who gave the right password a moment ago.</summary>
internal sealed class TwoFactorSignIn(
    IHttpContextAccessor http,
    WorkspaceLookup lookup,
    CrmDbContext db,
    SignInManager<User> signIn,
    SecretUserStore store,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>Under which Identity keeps keys and codes.</summary>
    public const string Secrets = "[AspNetUserStore]";

    /// <summary>The code that was used last, so that whoever looked over a shoulder can't use it again.</summary>
    public const string UsedCode = "UsedCode";

    /// <summary>Who gave their password here; <c>null</c>: nobody, or too long ago.</summary>
    public async Task<User?> FindAsync(CancellationToken cancellationToken)
    {
        // The cookie says who it is, and with that which workspace to look into.
        var known = await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (!Guid.TryParse(known.Principal?.Identity?.Name, out var id)
            || await lookup.FindByUserAsync(id, cancellationToken) is not { } workspaceId)
        {
            return null;
        }

        db.EnterWorkspace(workspaceId, "sign-in");
        return await signIn.GetTwoFactorAuthenticationUserAsync();
    }

    public async Task<bool> TryAppAsync(User user, string code, bool remember, CancellationToken cancellationToken)
    {
        var plain = TwoFactor.Plain(code);
        if (await store.GetTokenAsync(user, Secrets, UsedCode, cancellationToken) == plain
            || !(await signIn.TwoFactorAuthenticatorSignInAsync(plain, remember, rememberClient: false)).Succeeded)
        {
            return false;
        }

        await store.SetTokenAsync(user, Secrets, UsedCode, plain, cancellationToken);
        await NoteAsync(user, cancellationToken);
        return true;
    }

    public async Task<bool> TryRecoveryAsync(User user, string code, CancellationToken cancellationToken)
    {
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code.Trim());
        if (!result.Succeeded)
        {
            return false;
        }

        audit.Add(user.Id, "user.recovery_code_used", user.Id.ToString());
        await NoteAsync(user, cancellationToken);
        return true;
    }

    private HttpContext Http => http.HttpContext
        ?? throw new InvalidOperationException("Signing in happens in a request.");

    private async Task NoteAsync(User user, CancellationToken cancellationToken)
    {
        user.LastSignedInAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
    }
}
