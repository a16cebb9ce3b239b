using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Portal.Access;

/// <summary>What an authenticator app wants to know.</summary>
internal sealed record AuthenticatorKey(string Text, string Link);

/// <summary>
/// The second question at sign-in: a code of an authenticator app, or one of ten that were written down.
/// </summary>
internal sealed class TwoFactor(
    CrmDbContext db, UserManager<User> users, SecretUserStore store, Sessions sessions, AuditLog audit)
{
    private const string Issuer = "HubSpotSync";
    private const int Codes = 10;

    /// <summary>The key that waits to be confirmed by a code. The same one until then.</summary>
    public async Task<AuthenticatorKey> BeginAsync(User user, CancellationToken cancellationToken)
    {
        if (await users.GetAuthenticatorKeyAsync(user) is null)
        {
            // Not by the user manager, which would end every session already now.
            await store.SetAuthenticatorKeyAsync(user, users.GenerateNewAuthenticatorKey(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return await PendingAsync(user) ?? throw new InvalidOperationException("A key that was just made is gone.");
    }

    public async Task<AuthenticatorKey?> PendingAsync(User user)
    {
        if (user.TwoFactorEnabled || await users.GetAuthenticatorKeyAsync(user) is not { } key)
        {
            return null;
        }

        var (issuer, account) = (Uri.EscapeDataString(Issuer), Uri.EscapeDataString(user.Email ?? ""));
        return new AuthenticatorKey(
            string.Join(' ', key.Chunk(4).Select(part => new string(part))),
            $"otpauth://totp/{issuer}:{account}?secret={key}&issuer={issuer}&digits=6");
    }

    /// <returns>The recovery codes, to be shown once; <c>null</c> where the app's code is not the right one.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(
        User user, string code, Guid? session, CancellationToken cancellationToken)
    {
        if (user.TwoFactorEnabled || !await users.VerifyTwoFactorTokenAsync(
            user, TokenOptions.DefaultAuthenticatorProvider, Plain(code)))
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        audit.Add(user.Id, "user.two_factor_on", user.Id.ToString());
        await users.SetTwoFactorEnabledAsync(user, true);
        var codes = await MakeCodesAsync(user);
        await sessions.EndAllAsync(user.Id, session, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <returns>New recovery codes; the old ones are worth nothing from now on.</returns>
    public Task<IReadOnlyList<string>> RenewCodesAsync(User user)
    {
        audit.Add(user.Id, "user.recovery_codes_made", user.Id.ToString());
        return MakeCodesAsync(user);
    }

    public Task<int> CountCodesAsync(User user) => users.CountRecoveryCodesAsync(user);

    /// <summary>Signing in asks for the password only. The app's entry is worth nothing from now on.</summary>
    public async Task TurnOffAsync(User user, Guid? by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        audit.Add(by, "user.two_factor_off", user.Id.ToString());
        foreach (var name in (string[])["AuthenticatorKey", "RecoveryCodes", TwoFactorSignIn.UsedCode])
        {
            await store.RemoveTokenAsync(user, TwoFactorSignIn.Secrets, name, cancellationToken);
        }

        await users.SetTwoFactorEnabledAsync(user, false);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>People type codes in groups.</summary>
    public static string Plain(string code) =>
        code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> MakeCodesAsync(User user) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes) ?? []];
}
