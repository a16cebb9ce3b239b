using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Portal.Access;

internal enum SignInAnswer
{
    Refused,
    SignedIn,

    /// <summary>The password is right, and a code is asked for next.</summary>
    WantsCode,
}

/// <summary>Signs in by e-mail and password. Who is not there takes as long to refuse as who is.</summary>
internal sealed class PasswordSignIn(
    WorkspaceLookup lookup,
    CrmDbContext db,
    UserManager<User> users,
    SignInManager<User> signIn,
    IPasswordHasher<User> hasher,
    TimeProvider clock)
{
    private static readonly User Nobody = new() { DisplayName = "" };
    private static string? _nobodysHash;

    public async Task<SignInAnswer> TryAsync(
        string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var workspaceId = await lookup.FindByEmailAsync(users.NormalizeEmail(email), cancellationToken);
        if (workspaceId is null)
        {
            _nobodysHash ??= hasher.HashPassword(Nobody, "nobody has this password");
            hasher.VerifyHashedPassword(Nobody, _nobodysHash, password);
            return SignInAnswer.Refused;
        }

        db.EnterWorkspace(workspaceId.Value, "sign-in");
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return SignInAnswer.Refused;
        }

        var result = await signIn.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            user.LastSignedInAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }

        return result.Succeeded ? SignInAnswer.SignedIn
            : result.RequiresTwoFactor ? SignInAnswer.WantsCode
            : SignInAnswer.Refused;
    }
}
