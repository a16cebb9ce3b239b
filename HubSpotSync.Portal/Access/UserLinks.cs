using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Billing.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Access;

/// <summary>An invitation that nobody has taken up yet.</summary>
/// <param name="Mail"><c>null</c>: whoever made it hands the link over.</param>
internal sealed record OpenInvitation(UserLink Link, string? By, OutgoingMail? Mail);

/// <summary>A link that was made just now.</summary>
internal sealed record Invited(Uri Link, bool IsMailed);

/// <summary>
/// Links that let somebody in once: made here, handed over by whoever made them. Their codes are shown once and kept
/// as hashes; a code has 190 bits, so a plain hash is as good as a slow one.
/// </summary>
internal sealed class UserLinks(
    CrmDbContext db,
    WorkspaceLookup lookup,
    UserManager<User> users,
    InvitationMail mail,
    AuditLog audit,
    TimeProvider clock)
{
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);
    public static readonly TimeSpan PasswordLasts = TimeSpan.FromDays(1);

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    /// <summary>The link is shown to whoever makes it, and leaves by e-mail too where that is set up.</summary>
    /// <param name="linkOf">The address that a code makes.</param>
    /// <returns>The link, or why there is none.</returns>
    public async Task<(Invited? Invited, string? Problem)> InviteAsync(
        ClaimsPrincipal by,
        (string Email, WorkspaceRole Role) whom,
        Func<string, Uri> linkOf,
        CancellationToken cancellationToken)
    {
        var (email, role) = whom;
        if (!Enum.IsDefined(role))
        {
            return (null, UserAccounts.NoSuchRole);
        }

        if (role == WorkspaceRole.Owner && !by.IsAtLeast(WorkspaceRole.Owner))
        {
            return (null, UserAccounts.OwnersOnly);
        }

        if (await lookup.FindByEmailAsync(users.NormalizeEmail(email), cancellationToken) is not null)
        {
            return (null, "This e-mail has an account already."); // or in another workspace, which we do not tell
        }

        // A second invitation takes the place of the first.
        await RevokeAsync(link => link.Email == email, cancellationToken);
        var (link, code) = Make(UserLinkKind.Invitation, by, InvitationLasts, email, role, null);
        audit.Add(by.UserId(), "user.invited", email, after: new { role = role.ToString() });
        db.UserLinks.Add(link);
        if (mail.IsPossible)
        {
            await mail.WriteAsync(link, linkOf(code), by.DisplayName(), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return (new Invited(linkOf(code), mail.IsPossible), null);
    }

    /// <summary>For somebody who lost their password. It still works until another one is chosen.</summary>
    public async Task<string> NewPasswordAsync(ClaimsPrincipal by, User user, CancellationToken cancellationToken)
    {
        await RevokeAsync(
            link => link.Kind == UserLinkKind.NewPassword && link.UserId == user.Id, cancellationToken);
        var (link, code) = Make(UserLinkKind.NewPassword, by, PasswordLasts, null, null, user.Id);
        audit.Add(by.UserId(), "user.password_link_made", user.Id.ToString());
        db.UserLinks.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        return code;
    }

    public async Task<IReadOnlyList<OpenInvitation>> ReadInvitationsAsync(CancellationToken cancellationToken)
    {
        var links = await Open().AsNoTracking()
            .Where(link => link.Kind == UserLinkKind.Invitation)
            .OrderByDescending(link => link.CreatedAt)
            .ToListAsync(cancellationToken);
        var makers = links.Select(link => link.CreatedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => makers.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        var ids = links.Select(link => (Guid?)link.Id).ToList();
        var mails = await db.OutgoingMails.AsNoTracking().Where(one => ids.Contains(one.UserLinkId))
            .ToDictionaryAsync(one => one.UserLinkId ?? Guid.Empty, cancellationToken); // one an invitation
        return
        [
            .. links.Select(link => new OpenInvitation(
                link,
                link.CreatedBy is { } by ? names.GetValueOrDefault(by) : null,
                mails.GetValueOrDefault(link.Id))),
        ];
    }

    /// <returns>Whether there was an open invitation to take back.</returns>
    public async Task<bool> RevokeAsync(ClaimsPrincipal by, Guid id, CancellationToken cancellationToken)
    {
        var link = await Open().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (link is null || link.Kind != UserLinkKind.Invitation)
        {
            return false;
        }

        audit.Add(by.UserId(), "user.invitation_revoked", link.Email);
        link.RevokedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Links of somebody who may no longer make them, and to an account that is closed.</summary>
    public Task RevokeAllOfAsync(Guid userId, CancellationToken cancellationToken) =>
        RevokeAsync(link => link.CreatedBy == userId || link.UserId == userId, cancellationToken);

    public IQueryable<UserLink> Open()
    {
        var now = clock.GetUtcNow();
        return db.UserLinks.Where(
            link => link.UsedAt == null && link.RevokedAt == null && link.ExpiresAt > now);
    }

    private Task<int> RevokeAsync(
        System.Linq.Expressions.Expression<Func<UserLink, bool>> which, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Open().Where(which)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, now), cancellationToken);
    }

    private (UserLink Link, string Code) Make(
        UserLinkKind kind, ClaimsPrincipal by, TimeSpan lasts, string? email, WorkspaceRole? role, Guid? userId)
    {
        var now = clock.GetUtcNow();
        var code = RandomNumberGenerator.GetString(Letters, 32);
        return (
            new UserLink
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = db.WorkspaceId,
                Kind = kind,
                CodeHash = HashOf(code),
                Email = email,
                Role = role,
                UserId = userId,
                CreatedBy = by.UserId(),
                CreatedAt = now,
                ExpiresAt = now + lasts,
            },
            code);
    }
}
